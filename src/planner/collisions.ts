import type { Finding, PlannedRouter } from '../model';
import { error, routerPath, targetPath } from './findings';

/** Who has a name: a shard's load balancer, or a target's group. */
interface Owner {
  readonly router: PlannedRouter;
  readonly shard: string;
  readonly target?: string;
}

/** Names of load balancers and of target groups are unique in an account and region; a hash may still meet another. */
export function nameCollisions(routers: readonly PlannedRouter[]): readonly Finding[] {
  const places = new Map<string, { readonly balancers: Map<string, Owner>; readonly groups: Map<string, Owner> }>();
  const findings: Finding[] = [];
  const claim = (owners: Map<string, Owner>, name: string, owner: Owner): void => {
    const other = owners.get(name);
    if (other === undefined) owners.set(name, owner);
    else findings.push(collision(name, owner, other));
  };
  for (const router of routers) {
    const key = JSON.stringify([router.aws.accountId, router.aws.region]);
    const place = places.get(key) ?? { balancers: new Map(), groups: new Map() };
    places.set(key, place);
    for (const shard of router.shards) {
      claim(place.balancers, shard.loadBalancerName, { router, shard: shard.key });
      for (const { target, targetGroupName } of shard.listeners) {
        claim(place.groups, targetGroupName, { router, shard: shard.key, target });
      }
    }
  }
  return findings;
}

function words({ router, shard, target }: Owner): string {
  return target === undefined ? `shard ${shard} of ${router.name}` : `${target} of ${router.name}`;
}

function collision(name: string, owner: Owner, other: Owner): Finding {
  const { router, target } = owner;
  const { accountId, region } = router.aws;
  const kind = target === undefined ? 'load balancer' : 'target group';
  return error(
    'PLR2701',
    target === undefined ? routerPath(router.name) : targetPath(router.name, target),
    `the ${kind} of ${words(owner)} would be called ${name}, as that of ${words(other)}; in region ${region} of account ${accountId} a name is allowed once`,
    'Rename one of the two (without `renamedFrom`): the hash in the name is then another one.',
  );
}
