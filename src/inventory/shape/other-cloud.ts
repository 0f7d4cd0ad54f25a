import { CLOUD_NAMES, CLOUDS, type Cloud, defined, type ValuePath } from '../../model';
import { type Fault, fault } from '../findings';
import { expectedAt } from './expected';

/** Keys of other clouds' places, and the key of this one that says the same. */
const COUNTERPARTS: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = {
  aws: { location: 'region', subscriptionId: 'accountId', subnetId: 'subnetIds' },
  azure: { region: 'location', accountId: 'subscriptionId', subnetIds: 'subnetId' },
};

/** Where a key of another cloud has no counterpart: what to do instead. */
const INSTEAD: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = {
  aws: { network: 'Remove it; a router on AWS stands in a VPC that exists: vpcId and subnetIds.' },
  azure: {
    vpcId: 'Remove it; the virtual network is part of subnetId.',
    profile: 'Remove it; Terraform logs in to Azure with what its environment gives, `az login` or ARM_ variables.',
    assumeRole: 'Remove it; Terraform logs in to Azure with what its environment gives, `az login` or ARM_ variables.',
  },
};

/** A key of another cloud in the place of this one, and this one's key that says the same. */
export function otherCloudsKey(path: ValuePath, key: string): { reason: Fault; meant?: string } | undefined {
  const step = path.length === 3 && path[0] === 'routers' ? path[2] : undefined;
  const cloud = CLOUDS.find((one) => one === step);
  if (cloud === undefined) return undefined;
  const other = CLOUDS.find((one) => one !== cloud && hasKey([...path.slice(0, 2), one], key));
  if (other === undefined) return undefined;
  const meant = ownOf(COUNTERPARTS[cloud], key);
  const reason = fault(
    'PLR1118',
    `${key} is a word of ${CLOUD_NAMES[other]}; on ${CLOUD_NAMES[cloud]} ${meant === undefined ? 'there is no such key' : `it is ${meant}`}.`,
    meant === undefined ? (ownOf(INSTEAD[cloud], key) ?? `Remove ${key}.`) : `Write ${meant}, or remove ${key}.`,
  );
  return { reason, ...defined({ meant }) };
}

function hasKey(path: ValuePath, key: string): boolean {
  const expected = expectedAt(path);
  return expected.kind === 'map' && expected.keys?.includes(key) === true;
}

function ownOf(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
