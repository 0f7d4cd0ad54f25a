import { randomUUID } from 'node:crypto';
import { childId, type ResourceId, readId } from './ids';
import { type JsonObject, merged, object, objects, same } from './json';
import { type Kind, lastKind, NETWORK_NAME, type Resource } from './kind';
import { demand, Refusal } from './refusal';

/** Locations that the stand-in has. */
export const LOCATIONS: readonly string[] = [
  ...['eastus', 'eastus2', 'westus2', 'centralus', 'westeurope', 'northeurope', 'uksouth', 'francecentral'],
  ...['germanywestcentral', 'swedencentral', 'switzerlandnorth'],
];

/** The resources of every subscription, by id; each is judged by its kind before it is kept. */
export class Store {
  private readonly kinds: ReadonlyMap<string, Kind>;
  private readonly resources = new Map<string, Resource>();

  public constructor(kinds: readonly Kind[]) {
    this.kinds = new Map(kinds.map((kind) => [kind.type.toLowerCase(), kind]));
  }

  /** A resource, or a child that its parent embeds. */
  public find(path: string): Resource | undefined {
    const own = this.resources.get(path.toLowerCase().replace(/\/$/, ''));
    if (own !== undefined) return own;
    const id = readId(path);
    const place = id && this.embeddedIn(id);
    if (id === undefined || place?.parent === undefined) return undefined;
    return listOf(place.parent, place.list).find(({ name }) => same(name, id.name));
  }

  /** Every resource of a type, in the order in which they came. */
  public all(type: string): readonly Resource[] {
    return [...this.resources.values()].filter((resource) => same(resource.type, type));
  }

  /** As a GET shows it. */
  public show(path: string): Resource | undefined {
    const id = readId(path);
    const place = id && this.embeddedIn(id);
    if (id === undefined || place?.parent === undefined) {
      const found = this.find(path);
      return found && this.kindOf(found.type).show(this, structuredClone(found));
    }
    const shown = this.kindOf(place.parent.type).show(this, structuredClone(place.parent));
    return listOf(shown, place.list).find(({ name }) => same(name, id.name));
  }

  /** The list of a kind, below a group or in a parent. */
  public list(id: ResourceId): readonly Resource[] {
    const parent = id.parent === undefined ? undefined : this.find(id.parent);
    if (parent !== undefined) return listOf(this.show(parent.id) ?? parent, lastKind(id));
    const group = `/subscriptions/${id.subscription}/resourcegroups/${id.group}/`.toLowerCase();
    return this.all(id.type).filter((resource) => resource.id.toLowerCase().startsWith(group));
  }

  /** Makes or replaces (`PUT`), or changes (`PATCH`) a resource. */
  public write(id: ResourceId, body: JsonObject, how: 'PUT' | 'PATCH' = 'PUT'): { resource: Resource; made: boolean } {
    const place = this.embeddedIn(id);
    if (place !== undefined) return this.writeChild(id, demandParent(id, place.parent), place.list, body);
    const kind = this.kindOf(id.type);
    this.demandCommon(id, kind, body);
    const present = this.find(id.path);
    if (how === 'PATCH' && present === undefined) throw notFound(id);
    const wanted = how === 'PATCH' ? merged(structuredClone(present ?? {}), body) : structuredClone(body);
    const resource: Resource = {
      ...wanted,
      id: present?.id ?? id.path,
      name: id.name,
      type: kind.type,
      properties: { ...object(wanted.properties), provisioningState: 'Succeeded' },
    };
    kind.settle(this, resource, present);
    if (kind.type !== 'Microsoft.Resources/resourceGroups') resource.etag = `W/"${randomUUID()}"`;
    this.resources.set(id.path.toLowerCase(), resource);
    return { resource, made: present === undefined };
  }

  /** Deletes; false where nothing was there. */
  public remove(id: ResourceId): boolean {
    const place = this.embeddedIn(id);
    if (place !== undefined) {
      const { parent, list } = place;
      const children = parent === undefined ? [] : listOf(parent, list);
      const child = children.find(({ name }) => same(name, id.name));
      if (parent === undefined || child === undefined) return false;
      this.kindOf(parent.type).releaseChild(this, parent, child);
      parent.properties[list] = children.filter((other) => other !== child);
      return true;
    }
    const found = this.find(id.path);
    if (found === undefined) return false;
    this.kindOf(found.type).release(this, found);
    this.resources.delete(id.path.toLowerCase());
    return true;
  }

  public has(type: string): boolean {
    return this.kinds.has(type.toLowerCase());
  }

  private kindOf(type: string): Kind {
    const kind = this.kinds.get(type.toLowerCase());
    if (kind === undefined)
      throw new Refusal('InvalidResourceType', `The stand-in knows no resource type ${type}.`, 404);
    return kind;
  }

  /** The list of a parent in which such a resource is kept, or undefined for one that stands alone. */
  private embeddedIn(id: ResourceId): { readonly parent: Resource | undefined; readonly list: string } | undefined {
    if (id.parent === undefined) return undefined;
    const parentKind = this.kinds.get(id.type.slice(0, id.type.lastIndexOf('/')).toLowerCase());
    const list = parentKind?.embedded.find((name) => same(name, lastKind(id)));
    return list === undefined ? undefined : { parent: this.resources.get(id.parent.toLowerCase()), list };
  }

  private writeChild(
    id: ResourceId,
    parent: Resource,
    list: string,
    body: JsonObject,
  ): { resource: Resource; made: boolean } {
    const wanted = structuredClone(parent);
    const children = listOf(wanted, list);
    const child = { ...structuredClone(body), name: id.name, properties: { ...object(body.properties) } };
    const present = children.find(({ name }) => same(name, id.name));
    wanted.properties[list] =
      present === undefined ? [...children, child] : children.map((other) => (other === present ? child : other));
    this.kindOf(parent.type).settle(this, wanted, parent);
    this.resources.set(parent.id.toLowerCase(), wanted);
    const resource = this.find(childId(parent.id, list, id.name));
    if (resource === undefined) throw notFound(id);
    return { resource, made: present === undefined };
  }

  private demandCommon(id: ResourceId, kind: Kind, body: JsonObject): void {
    const { location } = body;
    const place = typeof location === 'string' ? location.toLowerCase().replaceAll(' ', '') : undefined;
    demand(kind.name.test(id.name), 'InvalidResourceName', `Resource name ${id.name} is invalid.`);
    demand(
      place === undefined || LOCATIONS.includes(place),
      'LocationNotAvailableForResourceType',
      `The provided location '${place}' is not available for resource type '${kind.type}'.`,
    );
    for (const [name, value] of Object.entries(object(body.tags))) {
      demand(
        name !== '' && name.length <= 512 && !/[<>%&\\?/]/.test(name),
        'InvalidTagNameCharacters',
        `The tag name '${name}' is empty, longer than 512, or has one of <>%&\\?/.`,
      );
      demand(String(value).length <= 256, 'InvalidTagValueLength', `The value of tag '${name}' is longer than 256.`);
    }
    demand(Object.keys(object(body.tags)).length <= 50, 'InvalidTags', 'More than 50 tags.');
    if (kind.type === 'Microsoft.Resources/resourceGroups') return;
    const group = `/subscriptions/${id.subscription}/resourceGroups/${id.group}`;
    demand(
      this.find(group) !== undefined,
      'ResourceGroupNotFound',
      `Resource group '${id.group}' could not be found.`,
      404,
    );
  }
}

/** The children of one kind that a resource holds. */
export function listOf(parent: Resource, list: string): Resource[] {
  return objects(parent.properties[list]) as Resource[];
}

/** Gives each embedded child what Azure gives it; refuses bad and repeated names. */
export function settleChildren(parent: Resource, list: string): Resource[] {
  const seen = new Set<string>();
  const children = listOf(parent, list).map((child): Resource => {
    const name = String(child.name ?? '');
    demand(
      NETWORK_NAME.test(name),
      'InvalidResourceName',
      `Resource name ${name} in ${list} of ${parent.id} is invalid.`,
    );
    demand(
      !seen.has(name.toLowerCase()),
      'DuplicateResourceName',
      `Resource ${parent.id} has two child resources with the same name (${name}).`,
    );
    seen.add(name.toLowerCase());
    return {
      ...child,
      name,
      id: childId(parent.id, list, name),
      type: `${parent.type}/${list}`,
      properties: { ...object(child.properties), provisioningState: 'Succeeded' },
    };
  });
  parent.properties[list] = children;
  return children;
}

function demandParent(id: ResourceId, parent: Resource | undefined): Resource {
  if (parent !== undefined) return parent;
  throw new Refusal('ParentResourceNotFound', `Parent resource ${id.parent} of ${id.path} was not found.`, 404);
}

export function notFound({ path, type, name, group }: ResourceId): Refusal {
  return new Refusal(
    type === 'Microsoft.Resources/resourceGroups' ? 'ResourceGroupNotFound' : 'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found: ${path}.`,
    404,
  );
}
