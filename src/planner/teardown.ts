import { compareShards, type Finding, type LockedRouter, type LockedShard, type Router } from '../model';
import { error, routerPath, shortList, warning } from './findings';

/** A router's step, and whether the lock allows it. */
export interface RouterStep {
  readonly findings: readonly Finding[];
  /** True where nothing but the removal is planned: the entry of the lock stays as it is, with the step noted. */
  readonly destroyed: boolean;
}

/** Holds the order of the two steps of a router: `prepare`, locked, then `destroy`. */
export function routerStep(router: Router, locked: LockedRouter | undefined): RouterStep {
  if (router.teardown === 'destroy' && locked?.teardown === undefined) {
    const message = `teardown of ${router.name} is destroy, but the lock has not seen prepare; allowed is prepare first`;
    const fix = 'Set `teardown: prepare`, run `privatelink-router lock`, apply, and only then set `teardown: destroy`.';
    return { findings: [error('PLR2002', routerPath(router.name, 'teardown'), message, fix)], destroyed: true };
  }
  if (router.teardown === 'destroy') return { findings: [], destroyed: true };
  if (locked?.teardown !== 'destroy') return { findings: [], destroyed: false };
  const message = `${router.name} was taken down with teardown: destroy and comes back, with the ports that it had`;
  const fix =
    'If its network connectivity configuration still exists, give it by id: `ncc: { id: … }`. To leave the router down, set `teardown: destroy` again or remove it from the inventory.';
  return { findings: [warning('PLR2003', routerPath(router.name), message, fix)], destroyed: false };
}

/** A shard after this run's step; `removed` ones are in no plan any more. */
export type ShardState = LockedShard['state'];

/** The states that the inventory's steps and the lock give to the shards of a router. */
export interface ShardSteps {
  readonly states: ReadonlyMap<string, ShardState>;
  readonly findings: readonly Finding[];
}

/**
 * Holds the order of the two steps of a shard: emptied, `prepare`, locked, then `destroy`.
 * @param targets the names of the targets that stay, by shard
 */
export function shardSteps(
  router: Router,
  locked: LockedRouter | undefined,
  targets: ReadonlyMap<string, readonly string[]>,
): ShardSteps {
  const states = new Map<string, ShardState>();
  const findings: Finding[] = [];
  const shards = locked?.shards ?? {};
  for (const [key, shard] of Object.entries(shards)) {
    const wanted = Object.hasOwn(router.shardTeardown, key) ? router.shardTeardown[key] : undefined;
    const path = routerPath(router.name, 'shards', key, 'teardown');
    const held = targets.get(key) ?? [];
    if (shard.state === 'removed') {
      states.set(key, 'removed');
      if (wanted === 'prepare') findings.push(alreadyGone(key, path));
    } else if (wanted === 'prepare' && held.length > 0) {
      states.set(key, undefined);
      findings.push(notEmpty(key, held, path));
    } else if (wanted === 'destroy' && shard.state !== 'prepare') {
      states.set(key, undefined);
      findings.push(notPrepared(key, held, path));
    } else {
      states.set(key, wanted === 'destroy' ? 'removed' : wanted);
    }
  }
  const known = Object.keys(shards).sort(compareShards);
  for (const key of Object.keys(router.shardTeardown)) {
    if (!Object.hasOwn(shards, key)) findings.push(unknownShard(router.name, key, known));
  }
  return { states, findings };
}

function alreadyGone(key: string, path: Finding['path']): Finding {
  return warning(
    'PLR2505',
    path,
    `teardown of shard ${key} is prepare, but that shard is gone; its number is never used again`,
    `Drop the key ${key} under \`shards\`.`,
  );
}

function notEmpty(key: string, held: readonly string[], path: Finding['path']): Finding {
  const message = `teardown of shard ${key} is prepare, but it has targets: ${shortList(held)}; allowed is an emptied shard`;
  return error(
    'PLR2503',
    path,
    message,
    `Remove these targets (under new names, where they are still wanted), or drop the teardown of shard ${key}.`,
  );
}

function notPrepared(key: string, held: readonly string[], path: Finding['path']): Finding {
  const has = held.length > 0 ? ` and it has targets: ${shortList(held)}` : '';
  const message = `teardown of shard ${key} is destroy, but the lock has not seen prepare${has}; allowed is prepare first`;
  const fix =
    'Set `teardown: prepare` for the emptied shard, run `privatelink-router lock`, apply, and only then `destroy`.';
  return error('PLR2504', path, message, fix);
}

function unknownShard(router: string, key: string, known: readonly string[]): Finding {
  const shards = known.length === 0 ? 'the lock has no shard of this router yet' : `the lock has ${shortList(known)}`;
  return error(
    'PLR2502',
    routerPath(router, 'shards', key),
    `a teardown is given for shard ${key}, but ${shards}`,
    'Correct the key, or drop it.',
  );
}

/** What to say of a shard that has no target left. @param remains what of it stays, in words */
export function emptied(router: Router, key: string, name: string, remains: string): Finding {
  return warning(
    'PLR2501',
    routerPath(router.name),
    `shard ${name} has no target left; ${remains}`,
    `To take it away, write \`shards: { ${key}: { teardown: prepare } }\` under ${router.name}, apply, then set \`teardown: destroy\` and apply again. A new target may also fill it.`,
  );
}
