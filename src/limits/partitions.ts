/** Which of the Databricks on AWS an account belongs to: the commercial one, or one of the two of GovCloud. */
export type AwsDatabricks = 'commercial' | 'civilian' | 'dod';

/** What one Databricks has in a partition. */
interface Presence {
  /** The role that connects to endpoint services, by region. */
  readonly principal: (region: string) => string;
  /** Addresses of the account console; the first is the default. */
  readonly accountHosts: readonly string[];
}

/** A partition of AWS, as a row of a table. */
export interface Partition {
  /** As it stands in ARNs: `aws-us-gov`. */
  readonly name: string;
  /** What the names of its regions begin with; the commercial one has every region that no other row claims. */
  readonly prefix: string;
  /** The regions that Databricks' roles name. Absent: every one that Databricks runs in. */
  readonly regions?: readonly string[];
  /** Empty where Databricks documents no role for private connectivity: nothing of Databricks could connect there. */
  readonly databricks: Readonly<Partial<Record<AwsDatabricks, Presence>>>;
  readonly source: string;
  /** The day on which the source was read, ISO. */
  readonly checked: string;
}

const PRIVATE_CONNECTIVITY =
  'https://docs.databricks.com/aws/en/security/network/serverless-network-security/pl-to-internal-network';
const PARTITIONS_OF_AWS = 'https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json';
const CHECKED = '2026-11-29';

const GOV_REGION = 'us-gov-west-1';

/** A partition in which Databricks has neither role nor account console. */
function without(name: string, prefix: string): Partition {
  return { name, prefix, databricks: {}, source: PARTITIONS_OF_AWS, checked: CHECKED };
}

/** Every partition of AWS, the commercial one last: its regions are known by having no other one's prefix. */
export const PARTITIONS: readonly Partition[] = [
  {
    name: 'aws-us-gov',
    prefix: 'us-gov-',
    regions: [GOV_REGION],
    databricks: {
      civilian: {
        principal: () => `arn:aws-us-gov:iam::347038500609:role/private-connectivity-role-${GOV_REGION}`,
        accountHosts: ['https://accounts.cloud.databricks.us'],
      },
      dod: {
        principal: () => `arn:aws-us-gov:iam::347034940029:role/private-connectivity-role-${GOV_REGION}`,
        accountHosts: ['https://accounts-dod.cloud.databricks.mil', 'https://accounts-dod.cloud.databricks.us'],
      },
    },
    source: PRIVATE_CONNECTIVITY,
    checked: CHECKED,
  },
  without('aws-cn', 'cn-'),
  without('aws-iso', 'us-iso-'),
  without('aws-iso-b', 'us-isob-'),
  without('aws-iso-e', 'eu-isoe-'),
  without('aws-iso-f', 'us-isof-'),
  // A region in Germany by its place, and still no region of the commercial partition: its own accounts, IAM and endpoints.
  without('aws-eusc', 'eusc-'),
  {
    name: 'aws',
    prefix: '',
    databricks: {
      commercial: {
        principal: (region) => `arn:aws:iam::565502421330:role/private-connectivity-role-${region}`,
        accountHosts: ['https://accounts.cloud.databricks.com'],
      },
    },
    source: PRIVATE_CONNECTIVITY,
    checked: CHECKED,
  },
];

/** Regions of the commercial partition have three parts; one of more parts belongs to a partition of its own. */
export const COMMERCIAL_REGION = /^[a-z]{2}-[a-z]+-[1-9]\d?$/;

/** The partition of a region; undefined for one whose name fits none that is known here. */
export function partitionOf(region: string): Partition | undefined {
  const found = PARTITIONS.find(({ prefix }) => region.startsWith(prefix));
  return found?.prefix === '' && !COMMERCIAL_REGION.test(region) ? undefined : found;
}

/** What one Databricks has on AWS. */
export function databricksOf(kind: AwsDatabricks): Presence {
  const found = PARTITIONS.map(({ databricks }) => databricks[kind]).find((presence) => presence !== undefined);
  if (found === undefined) throw new Error(`No partition has the Databricks ${kind}.`);
  return found;
}
