import { type ChangeSubject, insteadOfCredential, type PlanChange } from '../model';
import { type Row, type Rows, rowOf } from './row';
import { differences, isMap, type Values } from './values';

/** A change that is told unless another one of the same router, which brings it about, is. */
export interface Candidate {
  readonly change: PlanChange;
  readonly follows: readonly string[];
}

/** Whose values are compared. */
export interface Subject {
  readonly router: string;
  readonly cloud: PlanChange['cloud'];
  readonly about: ChangeSubject;
  readonly target?: string;
  readonly listenerPort?: number;
  readonly shard?: string;
  readonly pool?: string;
}

/** A change that no row decides: something comes, goes, or is switched. */
export function told(subject: Subject, change: Omit<PlanChange, keyof Subject>): Candidate {
  return { change: { ...subject, ...change }, follows: [] };
}

/** A value without the texts in it that may hold a credential: somebody may have written one where none belongs, as in a tag. */
function safe(value: unknown): unknown {
  if (typeof value === 'string') return insteadOfCredential(value) ?? value;
  if (Array.isArray(value)) return value.map(safe);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, safe(each)])) : value;
}

/** Stands for a value that may be a secret. */
const HIDDEN = '(hidden)';

/** A value as it is told. */
function shown({ hidden, judged }: Row, value: unknown): unknown {
  return hidden ? HIDDEN : judged ? value : safe(value);
}

interface Group {
  readonly row: Row;
  readonly from: Record<string, unknown>;
  readonly to: Record<string, unknown>;
}

/**
 * What the differing values of one subject come to, one change for each word of the table.
 * @param dialled false: no client reaches it, before or after, and so none notices
 */
export function changesOf(
  subject: Subject,
  rows: Rows,
  before: Values,
  after: Values,
  dialled = true,
): readonly Candidate[] {
  const groups = new Map<string, Group>();
  for (const { path, from, to } of differences(before, after)) {
    const { row, name } = rowOf(rows, path);
    const group = groups.get(row.what) ?? { row, from: {}, to: {} };
    if (from !== undefined) group.from[name] = shown(row, from);
    if (to !== undefined) group.to[name] = shown(row, to);
    groups.set(row.what, group);
  }
  return [...groups.values()].map(({ row, ...differing }) => {
    const from = { ...only(before, row.beside), ...differing.from };
    const to = { ...only(after, row.beside), ...differing.to };
    const { what, about = subject.about, change = 'changed', clients, follows = [] } = row;
    const notice = typeof clients === 'function' ? clients(from, to) : clients;
    return { change: { ...subject, about, change, clients: dialled ? notice : 'nothing', what, from, to }, follows };
  });
}

function only(values: Values, names: readonly string[] = []): Values {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
}

/**
 * The changes that are told: all but those that follow from another one that is. A target's follow from its own, or from
 * those of its shard and router. What leads is told itself, so of any number of changes at least one is.
 */
export function withoutFollowers(candidates: readonly Candidate[]): readonly PlanChange[] {
  const first = candidates.filter(({ follows }) => follows.length === 0);
  const routers = candidates.filter(({ change }) => change.about === 'router');
  const leaders = new Set([...first, ...routers.filter((one) => !isLed(one, first))]);
  return candidates.filter((one) => leaders.has(one) || !isLed(one, [...leaders])).map(({ change }) => change);
}

function isLed({ change, follows }: Candidate, leaders: readonly Candidate[]): boolean {
  return leaders.some(
    ({ change: leader }) =>
      follows.includes(leader.what) &&
      (change.target === undefined || leader.target === undefined || leader.target === change.target),
  );
}
