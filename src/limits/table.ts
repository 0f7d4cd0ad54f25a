import type { Limit } from '../model';
import { AWS_LIMITS } from './aws';
import { AZURE_LIMITS } from './azure';
import { DATABRICKS_LIMITS } from './databricks';
import { GITHUB_LIMITS } from './github';
import { TERRAFORM_LIMITS } from './terraform';

/** By who sets them, Databricks first. */
const TABLES = {
  databricks: DATABRICKS_LIMITS,
  aws: AWS_LIMITS,
  azure: AZURE_LIMITS,
  github: GITHUB_LIMITS,
  terraform: TERRAFORM_LIMITS,
} as const satisfies Readonly<Record<Limit['cloud'], readonly Limit[]>>;

/** The id of a row, so that a misspelt one does not compile. */
export type LimitId = (typeof TABLES)[Limit['cloud']][number]['id'];

/** Every limit that a router can meet, Databricks' first. A number that a provider sets, or that we recommend, stands here and nowhere else. */
export const LIMITS: readonly (Limit & { readonly id: LimitId })[] = Object.values(TABLES).flat();

const BY_ID: ReadonlyMap<string, Limit> = new Map(LIMITS.map((limit) => [limit.id, limit]));

/** What the inventory states under `limits:`, by the keys written there: `loadBalancersPerRegion`, `endpointsUsed`. */
type StatedLimits = Readonly<Record<string, number>>;

/** The row of an id. */
export function limit(id: LimitId): Limit {
  const found = BY_ID.get(id);
  if (found === undefined) throw new Error(`There is no limit ${id}.`);
  return found;
}

/** The key under `limits:` that raises this row: the last part of its id, `aws.loadBalancersPerRegion` → `loadBalancersPerRegion`. */
export function raiseKey(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/**
 * The value in force: the table's, or the one that the inventory states where the provider raises it on request, or where it
 * is a recommendation.
 * A stated value for a row that nobody raises has no effect; the inventory's own checks refuse it.
 */
export function limitValue(id: LimitId, stated: StatedLimits): number {
  const row = limit(id);
  return row.adjustable ? (ownNumber(stated, raiseKey(id)) ?? row.value) : row.value;
}

/** How much of a limit is used outside this inventory, as stated under its used key; 0 where nothing is. */
export function usedValue(id: LimitId, stated: StatedLimits): number {
  const key = limit(id).usedKey;
  return key === undefined ? 0 : (ownNumber(stated, key) ?? 0);
}

/** The rows that the inventory may raise, by their key under `limits:`. */
export const RAISE_KEYS: ReadonlyMap<string, LimitId> = new Map(
  LIMITS.filter((row) => row.adjustable).map((row) => [raiseKey(row.id), row.id]),
);

/** The rows of which the inventory may state what is used already, by their key under `limits:`; of rows that share one, the first. */
export const USED_KEYS: ReadonlyMap<string, LimitId> = new Map(
  LIMITS.flatMap((row, index) => {
    const first = LIMITS.findIndex(({ usedKey }) => usedKey === row.usedKey) === index;
    return row.usedKey === undefined || !first ? [] : [[row.usedKey, row.id] as const];
  }),
);

/** Own keys only: a map that came from a file has whatever keys its author chose, `constructor` among them. */
function ownNumber(stated: StatedLimits, key: string): number | undefined {
  return Object.hasOwn(stated, key) ? stated[key] : undefined;
}
