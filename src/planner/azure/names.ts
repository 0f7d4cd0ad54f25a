import { createHash } from 'node:crypto';
import { limit } from '../../limits';
import { type AzureRouterNames, type PlannedPool, poolNumber, shardNumber } from '../../model';
import { physicalName } from '../names';

/** What names of Azure derive from: only what never changes, since a new name replaces most resources. */
export interface AzureNaming {
  readonly router: string;
  readonly env: string | undefined;
  readonly deployment: string;
}

const LETTERS_AHEAD = 'plr';

function seedOf(kind: string, { router, env }: AzureNaming, key?: string): readonly unknown[] {
  return ['azure', kind, router, env ?? null, ...(key === undefined ? [] : [key])];
}

function name(kind: string, naming: AzureNaming, max: number, key?: string): string {
  return physicalName({
    readable: `plr-${naming.deployment}`,
    ...(key === undefined ? {} : { suffix: key.slice(1) }),
    seed: seedOf(kind, naming, key),
    max,
  });
}

/** Names of what all pools of a router share, `plr-<deployment>-<hash>`. */
export function routerNames(naming: AzureNaming): AzureRouterNames {
  const max = limit('azure.nameLength').value;
  return {
    virtualNetwork: name('virtual network', naming, limit('azure.scaleSetNameLength').value),
    natGateway: name('NAT gateway', naming, max),
    publicIp: name('public address', naming, max),
  };
}

/** Names of a pool's resources, `plr-<deployment>-<pool's number>-<hash>`. @param key the pool's, `p1` */
export function poolNames(
  naming: AzureNaming,
  key: string,
): Pick<PlannedPool, 'name' | 'loadBalancerName' | 'securityGroupName' | 'scaleSetName' | 'computerNamePrefix'> {
  const max = limit('azure.nameLength').value;
  return {
    name: `${naming.deployment}-pool-${poolNumber(key)}`,
    loadBalancerName: name('load balancer', naming, max, key),
    securityGroupName: name('security group', naming, max, key),
    scaleSetName: name('scale set', naming, limit('azure.scaleSetNameLength').value, key),
    computerNamePrefix: computerNamePrefix(naming, key),
  };
}

/** A letter first, since Azure refuses digits alone, then as much of a hash as there is room for. */
function computerNamePrefix(naming: AzureNaming, key: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(seedOf('computer name', naming, key)))
    .digest('hex');
  return `${LETTERS_AHEAD}${hash}`.slice(0, limit('azure.computerNamePrefixLength').value);
}

/** Names of a shard's resources. @param key the shard's, `s1` */
export function shardNames(
  naming: AzureNaming,
  key: string,
): { readonly frontendName: string; readonly privateLinkServiceName: string } {
  const privateLinkServiceName = name('private link service', naming, limit('azure.nameLength').value, key);
  return { frontendName: `s${shardNumber(key)}`, privateLinkServiceName };
}
