import { domainsOf, type Lock, type LockedRouter, sortedEntries, type ValuePath } from '../model';
import { type LockFinding, MERGE_WITH_BASE } from './diagnostics';
import { type Owner, targetsOf } from './owners';
import { portsTwice, retiredPorts } from './port-consistency';

/**
 * What a lock says that cannot be true at once: signs of an edit by hand, or of a merge that git thought clean. A plan
 * made of such a lock could send clients to another database, so none is made.
 */
export function contradictions(lock: Lock): readonly LockFinding[] {
  return sortedEntries(lock.routers).flatMap(([name, router]) => {
    const path = ['routers', name];
    return [
      ...portsTwice(router, path),
      ...shardsThatTakeNone(router, path),
      ...retiredPorts(router, path),
      ...domainsTwice(router, path),
      ...originsTwice(router, path),
      ...shardsWithoutDomain(router, path),
      ...shardsWithoutPool(router, path),
      ...acceleratedWithoutPool(router, path),
      ...namesTwice(router, path),
    ];
  });
}

function isInUse(router: LockedRouter, shard: string): boolean {
  const locked = Object.hasOwn(router.shards, shard) ? router.shards[shard] : undefined;
  return locked !== undefined && locked.state === undefined;
}

function shardsThatTakeNone(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const stray = targetsOf(router, path).flatMap(([{ shard }, { name, path: at }]): LockFinding[] => {
    if (isInUse(router, shard)) return [];
    const locked = Object.hasOwn(router.shards, shard) ? router.shards[shard] : undefined;
    const why = locked === undefined ? 'the lock lists no such shard' : `that shard's state is "${locked.state}"`;
    return [
      {
        code: 'PLR3007',
        path: [...at, 'shard'],
        message: `${name} is on shard ${shard}, but ${why}`,
        fix: MERGE_WITH_BASE,
      },
    ];
  });
  const lost = router.retired.flatMap(({ shard, listenerPort }, index): LockFinding[] =>
    Object.hasOwn(router.shards, shard)
      ? []
      : [
          {
            code: 'PLR3007',
            path: [...path, 'retired', index],
            message: `the retired port ${listenerPort} is on shard ${shard}, but the lock lists no such shard`,
            fix: MERGE_WITH_BASE,
          },
        ],
  );
  return [...stray, ...lost];
}

function domainsTwice(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const homes = new Map<string, { readonly shard: string; readonly path: ValuePath }>();
  const claim = (domain: string, shard: string, at: ValuePath): readonly LockFinding[] => {
    const home = homes.get(domain);
    if (home === undefined) homes.set(domain, { shard, path: at });
    if (home === undefined || home.shard === shard) return [];
    const message = `domain ${domain} is on shard ${home.shard} and on shard ${shard}`;
    return [{ code: 'PLR3009', path: at, other: home.path, message, fix: MERGE_WITH_BASE }];
  };
  const ofTargets = targetsOf(router, path)
    .filter(([{ shard }]) => isInUse(router, shard))
    .flatMap(([target, owner]) => domainsOf(target).flatMap((domain) => claim(domain, target.shard, owner.path)));
  const ofRules = sortedEntries(router.shards)
    .filter(([, shard]) => shard.state !== 'removed')
    .flatMap(([key, { domains }]) =>
      domains.flatMap((domain) => claim(domain, key, [...path, 'shards', key, 'domains'])),
    );
  // A target on the wrong shard contradicts that shard's rule too: one mistake, one finding.
  return ofTargets.length > 0 ? ofTargets : ofRules;
}

function originsTwice(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const origins = new Map<string, Owner>();
  return targetsOf(router, path).flatMap(([{ bornAs }, owner]): LockFinding[] => {
    const origin = bornAs ?? owner.name;
    const other = origins.get(origin);
    origins.set(origin, other ?? owner);
    if (other === undefined) return [];
    const message = `both ${other.name} and ${owner.name} were first made as ${origin}`;
    return [{ code: 'PLR3010', path: owner.path, other: other.path, message, fix: MERGE_WITH_BASE }];
  });
}

function shardsWithoutDomain(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  return sortedEntries(router.shards).flatMap(([key, { state, domains }]): LockFinding[] =>
    state === 'removed' || domains.length > 0
      ? []
      : [
          {
            code: 'PLR3011',
            path: [...path, 'shards', key, 'domains'],
            message: `shard ${key} has no domain; the rule of a shard needs at least one`,
            fix: MERGE_WITH_BASE,
          },
        ],
  );
}

function shardsWithoutPool(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const { pools } = router;
  if (pools === undefined) return [];
  return sortedEntries(router.shards).flatMap(([key, { pool }]): LockFinding[] =>
    pool !== undefined && pools.includes(pool)
      ? []
      : [
          {
            code: 'PLR3014',
            path: [...path, 'shards', key, 'pool'],
            message: `shard ${key} is on pool ${pool ?? 'none'}, but the lock lists no such pool`,
            fix: MERGE_WITH_BASE,
          },
        ],
  );
}

function acceleratedWithoutPool(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  return (router.acceleratedPools ?? []).flatMap((pool, index): LockFinding[] =>
    router.pools?.includes(pool) === true
      ? []
      : [
          {
            code: 'PLR3014',
            path: [...path, 'acceleratedPools', index],
            message: `pool ${pool} has accelerated networking, but the lock lists no such pool`,
            fix: MERGE_WITH_BASE,
          },
        ],
  );
}

/** Names that were taken over from AWS, where each can be given once. */
function namesTwice(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const shards = sortedEntries(router.shards);
  const names = [
    ...shards.map(([key, { loadBalancerName }]) => {
      return { kind: 'load balancer', name: loadBalancerName, owner: { name: key, path: [...path, 'shards', key] } };
    }),
    ...shards.map(([key, { securityGroupName }]) => {
      return { kind: 'security group', name: securityGroupName, owner: { name: key, path: [...path, 'shards', key] } };
    }),
    ...targetsOf(router, path).map(([{ targetGroupName }, owner]) => {
      return { kind: 'target group', name: targetGroupName, owner };
    }),
  ];
  const owners = new Map<string, Owner>();
  return names.flatMap(({ kind, name, owner }): LockFinding[] => {
    if (name === undefined) return [];
    const key = `${kind}/${name}`;
    const other = owners.get(key);
    owners.set(key, other ?? owner);
    if (other === undefined) return [];
    const message = `both ${other.name} and ${owner.name} have the ${kind} ${name}`;
    return [{ code: 'PLR3015', path: owner.path, other: other.path, message, fix: MERGE_WITH_BASE }];
  });
}
