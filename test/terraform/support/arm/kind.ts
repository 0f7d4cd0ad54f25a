import type { ResourceId } from './ids';
import type { JsonObject } from './json';
import type { Store } from './store';

/** A resource as Azure Resource Manager keeps it. */
export interface Resource extends JsonObject {
  id: string;
  name: string;
  type: string;
  properties: JsonObject;
}

/** One type of resource: what Azure fills in, refuses and shows. */
export interface Kind {
  /** Azure's own spelling. */
  readonly type: string;
  /** Names that Azure takes. */
  readonly name: RegExp;
  /** Children that are kept in a list of the properties, by the last part of their type: `subnets`. */
  readonly embedded: readonly string[];
  /** Completes what a request wants, in place; throws a Refusal where Azure refuses it. */
  settle(store: Store, wanted: Resource, present: Resource | undefined): void;
  /** Throws a Refusal where Azure keeps the resource, since another needs it. */
  release(store: Store, resource: Resource): void;
  /** The same for one of its embedded children. */
  releaseChild(store: Store, resource: Resource, child: Resource): void;
  /** What a GET shows beyond what is kept: who refers to it. */
  show(store: Store, resource: Resource): Resource;
}

/** Names of most network resources. */
export const NETWORK_NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/;

/** A kind with the parts that are its own. */
export function kind(type: string, own: Partial<Kind> = {}): Kind {
  return {
    type,
    name: NETWORK_NAME,
    embedded: [],
    settle: () => undefined,
    release: () => undefined,
    releaseChild: () => undefined,
    show: (_store, resource) => resource,
    ...own,
  };
}

/** The name of a type's last part, as its parent's property list is called. */
export function lastKind({ type }: Pick<ResourceId, 'type'>): string {
  return type.slice(type.lastIndexOf('/') + 1);
}
