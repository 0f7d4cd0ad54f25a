/** A provider that a stack may need. */
export type ProviderName = 'aws' | 'azurerm' | 'databricks' | 'dns';

/** Something that the emitted configuration, or a promise of the documentation, needs of a provider. */
export interface Floor {
  readonly provider: ProviderName;
  /** The first version that does it, `major.minor`. */
  readonly since: string;
  /** What it is. */
  readonly what: string;
  /** The first cell of README's row that says "in place" because of it. Absent: nothing that a user does. */
  readonly promise?: string;
  readonly source: string;
}

const AWS = 'https://github.com/hashicorp/terraform-provider-aws';
const AZURERM = 'https://github.com/hashicorp/terraform-provider-azurerm';
const DATABRICKS = 'https://github.com/databricks/terraform-provider-databricks/blob/main/CHANGELOG.md';
const DNS = 'https://github.com/hashicorp/terraform-provider-dns/blob/main/CHANGELOG.md';

/** Why no older version of a provider would do. The highest row of each is where its range begins. */
export const FLOORS: readonly Floor[] = [
  {
    provider: 'aws',
    since: '5.75',
    what: 'the idle timeout of a TCP listener (`tcp_idle_timeout_seconds`), changed in place',
    source: `${AWS}/blob/main/CHANGELOG.md`,
  },
  {
    provider: 'aws',
    since: '5.100',
    what: 'the arguments of load balancer and endpoint service as they are tried, with a subnet more of a load balancer in place; one that goes replaces it',
    promise: 'add a subnet',
    source: `${AWS}/issues/41418`,
  },
  {
    provider: 'azurerm',
    since: '2.51',
    what: 'a rolling upgrade policy and a health probe of a scale set, in place, with which the machines change one by one',
    source: `${AZURERM}/blob/main/CHANGELOG-v2.md`,
  },
  {
    provider: 'azurerm',
    since: '4.58',
    what: 'the names of arguments that 5.0 has, beside the old ones',
    source: `${AZURERM}/blob/main/CHANGELOG-v4.md`,
  },
  {
    provider: 'azurerm',
    since: '4.59',
    what: 'a NAT address more of a Private Link Service, in place: before, it replaced the service and every approved endpoint',
    promise: 'add NAT addresses',
    source: `${AZURERM}/issues/29760`,
  },
  {
    provider: 'databricks',
    since: '1.106',
    what: 'the domains of a private endpoint rule, in place: before, the change failed for rules that are not of S3',
    promise: 'remove one',
    source: DATABRICKS,
  },
  {
    provider: 'databricks',
    since: '1.121',
    what: 'read-only attributes of the private endpoint rule, and the wait until it has its endpoint',
    source: DATABRICKS,
  },
  { provider: 'dns', since: '3.4', what: 'the data source of A records, as it is today', source: DNS },
];

/** The lowest version of a provider that does everything. */
export function floorOf(provider: ProviderName): string {
  const versions = FLOORS.filter((floor) => floor.provider === provider).map(({ since }) => since);
  return versions.reduce((highest, version) => (atLeast(version, highest) ? version : highest));
}

/** True where a version, `major.minor`, is not older than another. */
export function atLeast(version: string, other: string): boolean {
  const [[major = 0, minor = 0], [otherMajor = 0, otherMinor = 0]] = [version, other].map((one) =>
    one.split('.').map(Number),
  ) as [number[], number[]];
  return major === otherMajor ? minor >= otherMinor : major > otherMajor;
}
