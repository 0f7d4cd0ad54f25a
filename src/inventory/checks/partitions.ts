import { partitionOf } from '../../limits';
import type { Cloud } from '../../model';
import { type Fault, fault, quote } from '../findings';
import { SOVEREIGN } from '../tables/locations';
import { REGION_FORM } from '../tables/regions';

/**
 * A region of AWS, or a location of Azure, that no statement in an inventory can make one for routers: Databricks has no
 * role or account console there. Undefined for every other one.
 */
export function outOfReach(cloud: Cloud, region: string): Fault | undefined {
  return OUT_OF_REACH[cloud](region);
}

const OUT_OF_REACH: Readonly<Record<Cloud, (region: string) => Fault | undefined>> = {
  aws: (region) => (REGION_FORM.test(region) ? unserved(region) : undefined),
  azure: (location) => (SOVEREIGN.test(location.toLowerCase()) ? sovereign(location) : undefined),
};

function sovereign(location: string): Fault {
  return fault(
    'PLR1328',
    `${quote(location)} belongs to another cloud of Azure's, with other endpoints and another Databricks; routers stand in public locations.`,
    'Write a public location, such as eastus2. `limits.regions` does not change this.',
  );
}

function unserved(region: string): Fault | undefined {
  const partition = partitionOf(region);
  if (partition === undefined) {
    return fault(
      'PLR1328',
      `${quote(region)} has the form of no partition of AWS that Databricks is known to run in; the role that would connect cannot be named.`,
      'Correct the region, such as us-east-2. `limits.regions` does not change this.',
    );
  }
  const { name, regions, databricks } = partition;
  if (Object.keys(databricks).length === 0) {
    return fault(
      'PLR1328',
      `${quote(region)} belongs to the partition ${name} of AWS, with accounts and endpoints of its own. Databricks documents no role and no account console for it, so no serverless compute could connect.`,
      'Write a region of another partition, such as us-east-2. `limits.regions` does not change this.',
    );
  }
  if (regions === undefined || regions.includes(region)) return undefined;
  return fault(
    'PLR1328',
    `${quote(region)} belongs to the partition ${name} of AWS, where Databricks has its role for private connectivity in ${regions.join(', ')} only.`,
    `Write ${regions.join(' or ')}. \`limits.regions\` does not change this.`,
  );
}
