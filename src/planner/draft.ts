import { limitValue } from '../limits';
import type { Finding, Lock, LockedRouter, Router, Target } from '../model';
import { lockedRouter } from './locked';
import { networkStep, removalStep } from './network';
import { type Matches, matchTargets } from './renames';
import { ShardBook, type ShardRoom } from './shards';
import { seatSurvivors } from './survivors';
import { routerStep, type ShardState, shardSteps } from './teardown';

/** A router of which everything is decided that the lock decides; its new targets have no place yet. */
export interface Draft {
  readonly router: Router;
  readonly locked: LockedRouter | undefined;
  readonly matches: Matches;
  readonly states: ReadonlyMap<string, ShardState>;
  /** By shard, of those that the lock knows and that stay: how often a change of the network replaced its load balancer. */
  readonly generations: ReadonlyMap<string, number>;
  readonly shards: ShardBook;
  readonly room: ShardRoom;
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
  const step = routerStep(router, locked);
  if (step.destroyed) {
    const findings = step.findings.length > 0 ? step.findings : removalStep(router, locked);
    return { removal: { router, locked, findings } };
  }
  const matches = matchTargets(router, locked);
  const held = new Map<string, string[]>();
  for (const [name, { shard }] of matches.survivors) {
    const names = held.get(shard);
    if (names === undefined) held.set(shard, [name]);
    else names.push(name);
  }
  const { states, findings } = shardSteps(router, locked, held);
  const network = networkStep(router, locked, states);
  const room: ShardRoom = {
    listeners: limitValue('aws.listenersPerLoadBalancer', router.limits),
    domains: limitValue('databricks.domainsPerRule', router.limits),
  };
  const shards = new ShardBook(locked, states, room);
  const seating = seatSurvivors(router, matches.survivors, shards, room);
  const newcomers = router.targets.filter(({ name }) => !matches.survivors.has(name) && !matches.refused.has(name));
  return {
    draft: {
      router,
      locked,
      matches,
      states,
      generations: network.generations,
      shards,
      room,
      newcomers,
      findings: [...step.findings, ...network.findings, ...matches.findings, ...findings, ...seating],
    },
  };
}
