import { CLOUD_NAMES, CLOUDS, type Cloud, suggestion } from '../../model';
import { errorAt, type Fault, fault, quote } from '../findings';
import { byDisplayName, LOCATION_FORM, LOCATIONS } from '../tables/locations';
import { REGION_FORM, REGIONS } from '../tables/regions';
import type { Check, CheckContext } from './context';
import { outOfReach } from './partitions';
import { listedTwice } from './targets';

/** The regions of a cloud as this version knows them, and how they are called. */
interface Regions {
  readonly known: readonly string[];
  readonly form: RegExp;
  /** `a region of AWS`. */
  readonly what: string;
  /** Of one that is not known. */
  readonly unknown: string;
  /** `region`. */
  readonly word: string;
  /** `a region such as us-east-2`. */
  readonly example: string;
  /** The name of a region of which a person wrote what a portal shows. @default no portal shows another one */
  readonly byDisplayName?: (text: string) => string | undefined;
}

const CLOUD_REGIONS: Readonly<Record<Cloud, Regions>> = {
  aws: {
    known: REGIONS,
    form: REGION_FORM,
    what: 'a region of AWS',
    unknown: 'is not a region that Databricks on AWS is known to run in',
    word: 'region',
    example: 'a region such as us-east-2',
  },
  azure: {
    known: LOCATIONS,
    form: LOCATION_FORM,
    what: 'a location of Azure',
    unknown: 'is not a location of Azure that is known here',
    word: 'location',
    example: 'a location such as eastus2',
    byDisplayName,
  },
};

const ALL_REGIONS = CLOUDS.map((cloud) => CLOUD_REGIONS[cloud]);

/** Regions that the inventory states because they are new: each has the form of one of the clouds, and Databricks can be there. */
export const checkStatedRegions: Check = function* (context) {
  for (const [index, region] of (context.written.limits?.regions ?? []).entries()) {
    const [elsewhere] = CLOUDS.flatMap((cloud) => outOfReach(cloud, region) ?? []);
    if (elsewhere !== undefined) yield errorAt(['limits', 'regions', index], elsewhere);
    if (elsewhere !== undefined || ALL_REGIONS.some(({ form }) => form.test(region))) continue;
    const known = ALL_REGIONS.flatMap((regions) => regions.known);
    const reason = fault(
      'PLR1301',
      `${quote(region)} is not ${ALL_REGIONS.map(({ what }) => what).join(' or ')}.${suggestion(region, known)}`,
      `Write ${ALL_REGIONS.map(({ example }) => example).join(', or ')}.`,
    );
    yield errorAt(['limits', 'regions', index], reason);
  }
  yield* listedTwice(['limits', 'regions'], context.written.limits?.regions, context);
};

/** The regions of a cloud: the ones that are known here, and the ones that the inventory states. */
export function regionsOf(cloud: Cloud, context: CheckContext): ReadonlySet<string> {
  const { known, form } = CLOUD_REGIONS[cloud];
  const stated = context.written.limits?.regions ?? [];
  return new Set([
    ...known,
    ...stated.filter((region) => form.test(region) && outOfReach(cloud, region) === undefined),
  ]);
}

/** What to say of a region that a cloud does not have. */
export function noRegion(cloud: Cloud, region: string, known: ReadonlySet<string>): Fault {
  return outOfReach(cloud, region) ?? ofOtherCloud(cloud, region) ?? unknownRegion(cloud, region, known);
}

function ofOtherCloud(cloud: Cloud, region: string): Fault | undefined {
  const other = CLOUDS.find((one) => one !== cloud && CLOUD_REGIONS[one].known.includes(region));
  if (other === undefined) return undefined;
  return fault(
    'PLR1301',
    `${quote(region)} is ${CLOUD_REGIONS[other].what}; the router stands in ${CLOUD_NAMES[cloud]}.`,
    `Write ${CLOUD_REGIONS[cloud].example}.`,
  );
}

function unknownRegion(cloud: Cloud, region: string, known: ReadonlySet<string>): Fault {
  const { form, unknown, word, example, byDisplayName: nameOf } = CLOUD_REGIONS[cloud];
  const name = nameOf?.(region);
  if (name !== undefined) {
    const message = `${quote(region)} is how ${CLOUD_NAMES[cloud]} shows a ${word}; its name is ${name}.`;
    return fault('PLR1301', message, `Write ${name}.`);
  }
  return fault(
    'PLR1301',
    `${quote(region)} ${unknown}.${suggestion(region, known)}`,
    form.test(region)
      ? `Correct the ${word}; a new one is added with \`limits: { regions: [name] }\`.`
      : `Write ${example}.`,
  );
}
