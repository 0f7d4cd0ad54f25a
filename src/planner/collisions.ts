import {
  backendsOf,
  byCloud,
  type CloudTable,
  type Finding,
  type PlannedAwsRouter,
  type PlannedAzureRouter,
  type PlannedRouter,
  type ValuePath,
} from '../model';
import { error, routerPath, targetPath } from './findings';

/** A name that a router gives to a resource, and what must not have it too. */
interface NameClaim {
  readonly name: string;
  /** `load balancer`, as people call it; names of two kinds do not collide. */
  readonly kind: string;
  /** Where a name is allowed once, in words. */
  readonly place: string;
  /** Whose resource it is, in words. */
  readonly owner: string;
  readonly path: ValuePath;
}

/** Names are unique in an account and region, or in a resource group; a hash may still meet another. */
export function nameCollisions(routers: readonly PlannedRouter[]): readonly Finding[] {
  const owners = new Map<string, NameClaim>();
  const findings: Finding[] = [];
  for (const claim of routers.flatMap((router) => byCloud(CLAIMS, router))) {
    const key = JSON.stringify([claim.place, claim.kind, claim.name]);
    const other = owners.get(key);
    if (other === undefined) owners.set(key, claim);
    else findings.push(collision(claim, other));
  }
  return findings;
}

const CLAIMS: CloudTable<PlannedRouter, [], readonly NameClaim[]> = { aws: awsClaims, azure: azureClaims };

function awsClaims({ name: router, aws, shards }: PlannedAwsRouter): readonly NameClaim[] {
  const place = `region ${aws.region} of account ${aws.accountId}`;
  return shards.flatMap((shard): readonly NameClaim[] => [
    {
      name: shard.loadBalancerName,
      kind: 'load balancer',
      place,
      owner: `shard ${shard.key} of ${router}`,
      path: routerPath(router),
    },
    ...backendsOf(shard).map(({ target, targetGroupName }) => {
      const path = targetPath(router, target);
      return { name: targetGroupName, kind: 'target group', place, owner: `${target} of ${router}`, path };
    }),
  ]);
}

function azureClaims({ name: router, azure, pools, shards }: PlannedAzureRouter): readonly NameClaim[] {
  const place = `resource group ${azure.resourceGroupName.toLowerCase()} of subscription ${azure.subscriptionId}`;
  const path = routerPath(router);
  return [
    ...pools.flatMap(({ key, loadBalancerName, securityGroupName, scaleSetName }) => {
      const owner = `pool ${key} of ${router}`;
      return [
        { name: loadBalancerName, kind: 'load balancer', place, owner, path },
        { name: securityGroupName, kind: 'network security group', place, owner, path },
        { name: scaleSetName, kind: 'scale set', place, owner, path },
      ];
    }),
    ...shards.map(({ key, privateLinkServiceName: name }) => {
      return { name, kind: 'Private Link Service', place, owner: `shard ${key} of ${router}`, path };
    }),
  ];
}

function collision({ name, kind, place, owner, path }: NameClaim, other: NameClaim): Finding {
  return error(
    'PLR2701',
    path,
    `the ${kind} of ${owner} would be called ${name}, as that of ${other.owner}; in ${place} a name is allowed once`,
    'Rename one of the two (without `renamedFrom`): the hash in the name is then another one.',
  );
}
