import type { Finding, Inventory, Lock, LockedRouter, Router } from '../model';
import { warning } from './findings';
import { lockedRouter } from './locked';
import { MergeBook } from './merge-book';
import { placesTold, releasesUndone } from './merge-findings';
import { planRouting } from './plan';
import type { LockEdit } from './release';

/** What a merge needs to know. */
export interface MergeInput {
  /** The lock that has been applied, or will be first: nothing of it moves. */
  readonly base: Lock;
  /** What the merged file has: one lock, or one for each side of its conflicts. They may contradict themselves. */
  readonly sides: readonly Lock[];
  /** The merged inventory: it decides which targets there are, and what they are called. */
  readonly inventory: Inventory;
  /** How the base is called in messages. */
  readonly reference: string;
}

/**
 * One lock of two branches that both went on from an earlier one. What the base has stays as it is: places, shards, pools,
 * generations, steps of a teardown. What a side gave out beside it is taken over where nothing of the base is in its way;
 * the rest is left out, so that the planner gives it a place as to a new target. Ports that were retired on either side
 * stay retired, and numbers of shards and pools are not given again. Takes time in proportion to the locks.
 *
 * Warnings: another place than a side had given (PLR2818), a target of the base that a side had moved (PLR2819), a port
 * that a side had released (PLR2820) or retired while the base uses it (PLR2821), a router that is left out (PLR2822).
 */
export function mergeLocks(input: MergeInput): LockEdit {
  const { base, sides, reference } = input;
  const told = (after: Lock): readonly Finding[] => placesTold({ base, sides, after, reference });
  const whole = mergeAll(input, new Set());
  const wrong = routersWithErrors(input.inventory, whole.lock);
  if (wrong.size === 0) return { ...whole, told };
  // What was taken over can leave no room for others: as new targets all of them may fit.
  const lean = mergeAll(input, wrong);
  return { ...(routersWithErrors(input.inventory, lean.lock).size < wrong.size ? lean : whole), told };
}

function routersWithErrors(inventory: Inventory, lock: Lock): ReadonlySet<string> {
  const errors = planRouting({ inventory, lock }).findings.filter(({ severity }) => severity === 'error');
  return new Set(errors.map(({ path }) => String(path[1] ?? '')));
}

/** @param lean routers into which no target of a side is taken over */
function mergeAll(
  { base, sides, inventory, reference }: MergeInput,
  lean: ReadonlySet<string>,
): { readonly lock: Lock; readonly findings: readonly Finding[] } {
  const names = [...new Set([base, ...sides].flatMap(({ routers }) => Object.keys(routers)))].sort();
  const routers = new Map<string, LockedRouter>();
  const findings: Finding[] = [];
  for (const name of names) {
    const entry = lockedRouter(base, name);
    const theirs = sides.flatMap((side) => lockedRouter(side, name) ?? []);
    const router = inventory.routers.find((one) => one.name === name);
    if (router === undefined) {
      if (entry === undefined) findings.push(leftOut(name, reference));
      else routers.set(name, entry);
      continue;
    }
    const merged = mergeRouter(entry, theirs, router, { reference, lean: lean.has(name) });
    if (merged === undefined) continue;
    routers.set(name, merged.entry);
    findings.push(...merged.findings);
  }
  const lock: Lock = { version: 1, routers: Object.fromEntries(routers) };
  return { lock, findings };
}

function leftOut(router: string, reference: string): Finding {
  return warning(
    'PLR2822',
    ['routers'],
    `${router} is in the lock that is merged, but neither in that of ${reference} nor in the inventory, and is left out`,
    `If ${router} was taken down, or never applied, nothing is to be done. Otherwise put it back into the inventory and merge again.`,
  );
}

/** Undefined where no side is of the router's cloud: then the planner begins anew. */
function mergeRouter(
  base: LockedRouter | undefined,
  sides: readonly LockedRouter[],
  router: Router,
  { reference, lean }: { readonly reference: string; readonly lean: boolean },
): { readonly entry: LockedRouter; readonly findings: readonly Finding[] } | undefined {
  const [first] = sides;
  const start = base ?? (first === undefined ? undefined : withoutContent(first));
  if (start === undefined) return undefined;
  const same = sides.filter(({ cloud }) => cloud === start.cloud);
  const book = new MergeBook(start, router, reference);
  for (const side of same) book.takeTargets(side, lean);
  for (const side of same) book.takeShards(side);
  for (const side of same) book.takeRetired(side);
  return {
    entry: book.entry(),
    findings: [...book.findings, ...releasesUndone(start, same, router.name, reference)],
  };
}

/** What a router that the base does not know starts with: the place where it stands. */
function withoutContent(side: LockedRouter): LockedRouter {
  return { ...side, ...(side.pools === undefined ? {} : { pools: [] }), shards: {}, targets: {}, retired: [] };
}
