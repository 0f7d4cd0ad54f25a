import type { Finding, PlannedRouter, ValuePath } from '../model';
import { error, routerPath, targetPath } from './findings';

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly owner: string;
  readonly path: ValuePath;
}

/** Names of load balancers and of target groups are unique in an account and region; a hash may still meet another. */
export function nameCollisions(routers: readonly PlannedRouter[]): readonly Finding[] {
  const owners = new Map<string, Named>();
  const findings: Finding[] = [];
  for (const router of routers) {
    const place = `${router.aws.accountId} ${router.aws.region}`;
    for (const named of namesOf(router)) {
      const key = `${place} ${named.kind} ${named.name}`;
      const other = owners.get(key);
      if (other === undefined) owners.set(key, named);
      else findings.push(collision(named, other, router));
    }
  }
  return findings;
}

function* namesOf(router: PlannedRouter): Generator<Named> {
  for (const shard of router.shards) {
    const owner = `shard ${shard.key} of ${router.name}`;
    yield { kind: 'load balancer', name: shard.loadBalancerName, owner, path: routerPath(router.name) };
    for (const { target, targetGroupName } of shard.listeners) {
      const path = targetPath(router.name, target);
      yield { kind: 'target group', name: targetGroupName, owner: `${target} of ${router.name}`, path };
    }
  }
}

function collision({ kind, name, owner, path }: Named, other: Named, router: PlannedRouter): Finding {
  const { accountId, region } = router.aws;
  return error(
    'PLR2701',
    path,
    `the ${kind} of ${owner} would be called ${name}, as that of ${other.owner}; in region ${region} of account ${accountId} a name is allowed once`,
    'Rename one of the two (without `renamedFrom`): the hash in the name is then another one.',
  );
}
