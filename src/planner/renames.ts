import type { Finding, LockedRouter, LockedTarget, Router } from '../model';
import { error, targetPath, warning } from './findings';

/** Which entry of the lock each target of the inventory goes on with. */
export interface Matches {
  /** By the target's name now: its entry, with `bornAs` where a rename has changed the name. */
  readonly existing: ReadonlyMap<string, LockedTarget>;
  /** Entries of the lock that no target goes on with, by name. */
  readonly removed: ReadonlyMap<string, LockedTarget>;
  /** Targets whose resources Terraform has to move, with the old name. */
  readonly movedFrom: ReadonlyMap<string, string>;
  /** Targets with an error here: nothing else is decided for them, so that one mistake gives one finding. */
  readonly refused: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** Goes through the targets once and gives each its entry in the lock, by its name or by `renamedFrom`. */
export function matchTargets(router: Router, locked: LockedRouter | undefined): Matches {
  const entries = new Map(Object.entries(locked?.targets ?? {}));
  const present = new Set(router.targets.map((target) => target.name));
  const existing = new Map<string, LockedTarget>();
  const claimed = new Map<string, string>();
  const movedFrom = new Map<string, string>();
  const takenOver = new Set<string>();
  const refused = new Set<string>();
  const findings: Finding[] = [];
  for (const { name, renamedFrom } of router.targets) {
    const own = entries.get(name);
    if (renamedFrom === undefined) {
      if (own !== undefined) existing.set(name, own);
      continue;
    }
    const path = targetPath(router.name, name, 'renamedFrom');
    const rival = claimed.get(renamedFrom);
    claimed.set(renamedFrom, rival ?? name);
    if (present.has(renamedFrom)) {
      refused.add(name);
      findings.push(stillThere(name, renamedFrom, path));
    } else if (rival !== undefined) {
      refused.add(name);
      findings.push(claimedTwice(name, rival, renamedFrom, path));
    } else {
      // Whether or not anything is taken over: once the old entry is gone nothing tells a rename that was done from one
      // that never was, and Terraform ignores a move of what it does not know.
      movedFrom.set(name, renamedFrom);
      const old = entries.get(renamedFrom);
      if (own !== undefined) {
        existing.set(name, own);
        if (old !== undefined) findings.push(doesNothing(name, renamedFrom, `the lock knows ${name} already`, path));
      } else if (old !== undefined) {
        existing.set(name, renamed(old, renamedFrom, name));
        takenOver.add(renamedFrom);
      } else if (locked !== undefined) {
        findings.push(doesNothing(name, renamedFrom, `the lock knows neither ${renamedFrom} nor ${name}`, path));
      }
    }
  }
  // What a refused target claims is not removed either: the answer to the error may be to keep it.
  const claims = router.targets.flatMap(({ name, renamedFrom }) =>
    refused.has(name) && renamedFrom !== undefined ? [renamedFrom] : [],
  );
  const kept = new Set([...existing.keys(), ...refused, ...takenOver, ...claims]);
  const removed = new Map([...entries].filter(([name]) => !kept.has(name)));
  return { existing, removed, movedFrom, refused, findings };
}

/** The entry under its new name; what its cloud resources are called stays. */
function renamed(entry: LockedTarget, oldName: string, name: string): LockedTarget {
  const { bornAs, ...rest } = entry;
  const origin = bornAs ?? oldName;
  return origin === name ? rest : { ...rest, bornAs: origin };
}

function stillThere(name: string, old: string, path: Finding['path']): Finding {
  const message =
    name === old
      ? `renamedFrom of ${name} is its own name; allowed is the name that it had before`
      : `renamedFrom of ${name} is ${old}, but ${old} is still a target of this router`;
  return error(
    'PLR2101',
    path,
    message,
    `Remove ${old}, or drop \`renamedFrom\` if ${name} is a target of its own. Names that change places do so in two runs, by way of a third name.`,
  );
}

function claimedTwice(name: string, rival: string, old: string, path: Finding['path']): Finding {
  const message = `renamedFrom of ${name} is ${old}, which ${rival} claims already; one target takes over port and shard`;
  return error('PLR2102', path, message, 'Keep `renamedFrom` at one of them.');
}

function doesNothing(name: string, old: string, why: string, path: Finding['path']): Finding {
  const message = `renamedFrom of ${name} is ${old}, but ${why}, so that nothing is taken over`;
  return warning('PLR2103', path, message, 'Correct the name, or drop `renamedFrom`.');
}
