import type { Finding, Lock, LockedRouter, Router, Target } from '../model';
import { cloudRules } from './cloud';
import type { CloudRules } from './cloud-rules';
import { seatExistingTargets } from './existing-targets';
import { error, routerPath } from './findings';
import { lockedRouter } from './locked';
import { pinSteps } from './pin-steps';
import { type Matches, matchTargets } from './renames';
import { ShardBook } from './shards';
import { routerStep, type ShardState, shardSteps } from './teardown';

/** A router of which everything is decided that the lock decides; its new targets have no place yet. */
export interface Draft {
  readonly router: Router;
  readonly rules: CloudRules;
  readonly locked: LockedRouter | undefined;
  readonly matches: Matches;
  readonly states: ReadonlyMap<string, ShardState>;
  /** By shard, of those that the lock knows and that stay: how often a change of the network replaced its load balancer. */
  readonly generations: ReadonlyMap<string, number>;
  readonly shards: ShardBook;
  /** Targets that the lock does not know, in the order of the file. */
  readonly newcomers: readonly Target[];
  readonly findings: readonly Finding[];
}

/** A router of which nothing but its removal is planned. */
export interface Removal {
  readonly router: Router;
  readonly locked: LockedRouter | undefined;
  readonly findings: readonly Finding[];
}

/** Reads what the lock decides of a router: surviving targets with their places, shards with their states. */
export function openDraft(router: Router, lock: Lock): { readonly draft: Draft } | { readonly removal: Removal } {
  const locked = lockedRouter(lock, router.name);
  if (locked !== undefined && locked.cloud !== router.cloud) {
    // Nothing of the entry means anything on another cloud: the error is all that is said of this router.
    const findings = [otherCloud(router, locked)];
    return { removal: { router, locked, findings } };
  }
  const rules = cloudRules(router, locked);
  const step = routerStep(router, locked);
  if (step.destroyed) {
    const findings = step.findings.length > 0 ? step.findings : rules.removal();
    return { removal: { router, locked, findings } };
  }
  const matches = matchTargets(router, locked);
  const held = new Map<string, string[]>();
  for (const [name, { shard }] of matches.existing) {
    const names = held.get(shard);
    if (names === undefined) held.set(shard, [name]);
    else names.push(name);
  }
  const { states, findings } = shardSteps(router, locked, held);
  const place = rules.place(states);
  const shards = new ShardBook(locked, states, rules.room, rules.pools);
  const seating = seatExistingTargets(router, locked, matches.existing, shards, rules.room);
  const pins = pinSteps(router, locked, matches);
  const newcomers = router.targets.filter(
    ({ name }) => !matches.existing.has(name) && !matches.refused.has(name) && !pins.unplaced.has(name),
  );
  return {
    draft: {
      router,
      rules,
      locked,
      matches,
      states,
      generations: place.generations,
      shards,
      newcomers,
      findings: [...step.findings, ...place.findings, ...matches.findings, ...findings, ...pins.findings, ...seating],
    },
  };
}

function otherCloud({ name, cloud }: Router, locked: LockedRouter): Finding {
  const gone = locked.teardown === 'destroy';
  return error(
    'PLR2523',
    routerPath(name, cloud),
    `${name} is on ${cloud} in the inventory and on ${locked.cloud} in the lock; a router stays on its cloud`,
    gone
      ? `It was taken down: run \`privatelink-router lock\` once without ${name} in the inventory, so that its entry leaves the lock, or use another name.`
      : `Add a router of another name on ${cloud}, put ${name} back on ${locked.cloud}, let clients go over, and then take it away with \`teardown: prepare\` and \`teardown: destroy\`. Where nothing of ${name} was ever applied, take its entry out of the lock instead and run \`privatelink-router lock\`.`,
  );
}
