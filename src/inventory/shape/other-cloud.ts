import { type Cloud, defined, type ValuePath } from '../../model';
import { type Fault, fault } from '../findings';
import { expectedAt } from './expected';

const CLOUD_NAMES: Readonly<Record<Cloud, string>> = { aws: 'AWS', azure: 'Azure' };

/** Keys of one cloud's place, and the key of the other that says the same. */
const COUNTERPARTS: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = {
  aws: { location: 'region', subscriptionId: 'accountId', subnetId: 'subnetIds' },
  azure: { region: 'location', accountId: 'subscriptionId', subnetIds: 'subnetId' },
};

/** Where a key of the other cloud has no counterpart: what to do instead. */
const INSTEAD: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = {
  aws: { network: 'Remove it; a router on AWS stands in a VPC that exists: vpcId and subnetIds.' },
  azure: {
    vpcId: 'Remove it; the virtual network is part of subnetId.',
    profile: 'Remove it; Terraform logs in to Azure with what its environment gives, `az login` or ARM_ variables.',
    assumeRole: 'Remove it; Terraform logs in to Azure with what its environment gives, `az login` or ARM_ variables.',
  },
};

/** A key of the other cloud in the place of this one, and this one's key that says the same. */
export function otherCloudsKey(path: ValuePath, key: string): { reason: Fault; meant?: string } | undefined {
  const cloud = path.length === 3 && path[0] === 'routers' ? path[2] : undefined;
  if (cloud !== 'aws' && cloud !== 'azure') return undefined;
  const other = cloud === 'aws' ? 'azure' : 'aws';
  const expected = expectedAt([...path.slice(0, 2), other]);
  if (expected.kind !== 'map' || expected.keys?.includes(key) !== true) return undefined;
  const meant = ownOf(COUNTERPARTS[cloud], key);
  const reason = fault(
    'PLR1118',
    `${key} is a word of ${CLOUD_NAMES[other]}; on ${CLOUD_NAMES[cloud]} ${meant === undefined ? 'there is no such key' : `it is ${meant}`}.`,
    meant === undefined ? (ownOf(INSTEAD[cloud], key) ?? `Remove ${key}.`) : `Write ${meant}, or remove ${key}.`,
  );
  return { reason, ...defined({ meant }) };
}

function ownOf(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
