import { type Problem, ProviderError, type ResourceKind } from '../kind';
import { isUnknown, type Value, type Values } from '../values';
import { type Check, problemsOf } from './checks';
import type { ArmClient } from './client';
import { object } from './shape';

/** What is particular to one resource type of Azure. */
export interface ArmKind {
  readonly type: string;
  readonly replacing: readonly string[];
  readonly defaults?: Readonly<Record<string, Value>>;
  readonly computedBlocks?: readonly string[];
  replaces?(prior: Values, wanted: Values): readonly string[];
  /** What is true of values, by path. */
  readonly checks: Readonly<Record<string, Check | readonly Check[]>>;
  /** Findings about several values at once. */
  together?(config: Values): readonly Problem[];
  id(planned: Values, client: ArmClient): string;
  /** Writes it: `prior` is undefined where it is new. */
  write(client: ArmClient, id: string, planned: Values, prior: Values | undefined): Promise<void>;
  /** Its attributes as they are now, or undefined where it is gone. */
  read(client: ArmClient, id: string, state: Values): Promise<Values | undefined>;
  remove(client: ArmClient, id: string, state: Values): Promise<void>;
}

function isEmpty(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value !== null && typeof value === 'object') return Object.keys(value).length === 0;
  return value === null || value === undefined || value === '' || value === false || value === 0;
}

/**
 * What was found, as the state should hold it: nothing where nothing was said and nothing is found, as Terraform's SDK
 * keeps it, and blocks in the order of the configuration.
 */
function asKept(kept: Value, found: Value): Value {
  if (found === undefined) return isUnknown(kept) ? null : kept;
  if ((kept === null || kept === undefined) && isEmpty(found)) return kept ?? null;
  if (Array.isArray(found)) {
    const list = Array.isArray(kept) ? kept : [];
    return found.map((item, index) => {
      const own = object(item);
      if (Object.keys(own).length === 0) return item;
      const match = list.find((one) => 'name' in own && object(one).name === own.name) ?? list[index];
      return match === undefined ? item : asKept(match, item);
    });
  }
  if (found === null || typeof found !== 'object') return found;
  const before = object(kept);
  const names = new Set([...Object.keys(before), ...Object.keys(found)]);
  return Object.fromEntries([...names].map((name) => [name, asKept(before[name], object(found)[name])]));
}

/** A resource kind of the stand-in that keeps its resources in Azure. */
export function armKind(kind: ArmKind, client: () => ArmClient): ResourceKind {
  const current = async (id: string, state: Values): Promise<Values | undefined> => {
    const found = await kind.read(client(), id, state);
    return found === undefined ? undefined : (asKept(state, { ...found, id }) as Values);
  };
  const settled = async (id: string, planned: Values): Promise<Values> => {
    const found = await current(id, planned);
    if (found === undefined) throw new ProviderError(`retrieving ${id}: it was not found after it was written`);
    return found;
  };
  return {
    replacing: kind.replacing,
    computedBlocks: kind.computedBlocks ?? [],
    ...(kind.replaces === undefined ? {} : { replaces: kind.replaces }),
    ...(kind.defaults === undefined ? {} : { defaults: kind.defaults }),
    validate: (config) => [...problemsOf(config, kind.checks), ...(kind.together?.(config) ?? [])],
    create: async (planned) => {
      const id = kind.id(planned, client());
      if ((await kind.read(client(), id, planned)) !== undefined) {
        throw new ProviderError(
          `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "${kind.type}" for more information.`,
        );
      }
      await kind.write(client(), id, planned, undefined);
      return settled(id, planned);
    },
    read: (state) => current(String(state.id), state),
    update: async (prior, planned) => {
      await kind.write(client(), String(prior.id), planned, prior);
      return settled(String(prior.id), planned);
    },
    delete: (state) => kind.remove(client(), String(state.id), state),
    fromImportId: (id) => ({ id }),
  };
}
