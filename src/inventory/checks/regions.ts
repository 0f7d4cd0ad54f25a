import { type Cloud, suggestion } from '../../model';
import { errorAt, type Fault, fault, quote } from '../findings';
import { byDisplayName, LOCATION_FORM, LOCATIONS } from '../tables/locations';
import { REGION_FORM, REGIONS } from '../tables/regions';
import type { Check, CheckContext } from './context';
import { outOfReach } from './partitions';
import { listedTwice } from './targets';

/** Regions that the inventory states because they are new: each has the form of one of the two clouds, and Databricks can be there. */
export const checkStatedRegions: Check = function* (context) {
  for (const [index, region] of (context.written.limits?.regions ?? []).entries()) {
    const elsewhere = outOfReach('aws', region) ?? outOfReach('azure', region);
    if (elsewhere !== undefined) yield errorAt(['limits', 'regions', index], elsewhere);
    if (elsewhere !== undefined || REGION_FORM.test(region) || LOCATION_FORM.test(region)) continue;
    const reason = fault(
      'PLR1301',
      `${quote(region)} is not a region of AWS or a location of Azure.${suggestion(region, [...REGIONS, ...LOCATIONS])}`,
      'Write a region such as us-east-2, or a location such as eastus2.',
    );
    yield errorAt(['limits', 'regions', index], reason);
  }
  yield* listedTwice(['limits', 'regions'], context.written.limits?.regions, context);
};

/** The regions of a cloud: the ones that are known here, and the ones that the inventory states. */
export function regionsOf(cloud: Cloud, context: CheckContext): ReadonlySet<string> {
  const [known, form] = cloud === 'aws' ? [REGIONS, REGION_FORM] : [LOCATIONS, LOCATION_FORM];
  const stated = context.written.limits?.regions ?? [];
  return new Set([
    ...known,
    ...stated.filter((region) => form.test(region) && outOfReach(cloud, region) === undefined),
  ]);
}

/** What to say of a region that a cloud does not have. */
export function noRegion(cloud: Cloud, region: string, known: ReadonlySet<string>): Fault {
  return outOfReach(cloud, region) ?? (cloud === 'aws' ? noAwsRegion(region, known) : noLocation(region, known));
}

function noAwsRegion(region: string, known: ReadonlySet<string>): Fault {
  if (LOCATIONS.includes(region)) {
    return fault(
      'PLR1301',
      `${quote(region)} is a location of Azure; the router stands in AWS.`,
      'Write a region such as us-east-2.',
    );
  }
  return fault(
    'PLR1301',
    `${quote(region)} is not a region that Databricks on AWS is known to run in.${suggestion(region, known)}`,
    REGION_FORM.test(region)
      ? 'Correct the region; a new one is added with `limits: { regions: [name] }`.'
      : 'Write a region such as us-east-2.',
  );
}

function noLocation(location: string, known: ReadonlySet<string>): Fault {
  if (REGIONS.includes(location)) {
    return fault(
      'PLR1301',
      `${quote(location)} is a region of AWS; the router stands in Azure.`,
      'Write a location such as eastus2.',
    );
  }
  const name = byDisplayName(location);
  if (name !== undefined) {
    return fault('PLR1301', `${quote(location)} is how Azure shows a location; its name is ${name}.`, `Write ${name}.`);
  }
  return fault(
    'PLR1301',
    `${quote(location)} is not a location of Azure that is known here.${suggestion(location, known)}`,
    LOCATION_FORM.test(location)
      ? 'Correct the location; a new one is added with `limits: { regions: [name] }`.'
      : 'Write a location such as eastus2.',
  );
}
