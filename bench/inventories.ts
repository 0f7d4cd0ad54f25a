/** Inventories of a given size, as text: many targets behind shared names, as many routers as the limits ask for. */

const REGIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'] as const;
/** Where a router stands. */
export interface Place {
  readonly region: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** Fifty targets behind one shared name fill a shard, and a shared name stands on one shard: so a router each. */
const TARGETS_PER_SHARD = 50;

/** @returns a YAML inventory of `count` targets with literal addresses, fifty to a router, which share its one domain */
export function sharedInventory(count: number): string {
  const routers = Array.from({ length: Math.ceil(count / TARGETS_PER_SHARD) }, (_, router) => {
    const hex = router.toString(16).padStart(17, '0');
    const place = {
      region: REGIONS[router % REGIONS.length] ?? REGIONS[0],
      vpcId: `vpc-${hex}`,
      subnetIds: [`subnet-${hex}`, `subnet-1${hex.slice(1)}`],
    };
    const first = router * TARGETS_PER_SHARD;
    const targets = range(first, Math.min(count, first + TARGETS_PER_SHARD)).map(
      (n) => `      db-${n}: ${address(n)}:5432`,
    );
    return [
      ...head(router, place),
      `    domains: { shared: data-${router}.acme-data.com }`,
      '    targets:',
      ...targets,
    ];
  });
  return text(routers);
}

/** @returns a YAML inventory of one router at a place, with as many shards as it takes, each behind a name of its own */
export function oneRouter(count: number, place: Place): string {
  const targets = range(0, count).map((n) => {
    const domain = `data-${Math.floor(n / TARGETS_PER_SHARD)}.acme-data.com`;
    return `      db-${n}: { host: ${address(n)}, port: 5432, domain: ${domain} }`;
  });
  return text([[...head(0, place), '    targets:', ...targets]]);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function head(router: number, { region, vpcId, subnetIds }: Place): string[] {
  return [
    `  router-${router}:`,
    `    aws: { accountId: "123456789012", region: ${region}, vpcId: ${vpcId}, subnetIds: [${subnetIds.join(', ')}] }`,
    `    ncc: { name: bench-${router}, workspaceIds: [${1000 + router}] }`,
  ];
}

function text(routers: readonly (readonly string[])[]): string {
  const account = 'databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }';
  return `${['version: 1', account, 'limits: { nccsPerRegion: 1000, endpointsPerRegion: 1000, loadBalancersPerRegion: 1000, targetGroupsPerRegion: 50000 }', 'routers:', ...routers.flat()].join('\n')}\n`;
}

/** The n-th address of 10.0.0.0/8, two hundred in each /24, so that none ends in 0 or 255. */
export function address(n: number): string {
  const block = Math.floor(n / 200);
  return `10.${(block >> 8) & 255}.${block & 255}.${(n % 200) + 1}`;
}
