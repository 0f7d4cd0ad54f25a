/** Inventories of a given size, as text: many targets behind shared names, as many routers as the limits ask for. */

const REGIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'] as const;
/** 25 shards of 50 listeners: within the 30 endpoints of a region, with room to spare. */
const TARGETS_PER_ROUTER = 1250;

/** Where all routers of an inventory stand, instead of networks that nobody has. */
export interface Place {
  readonly region: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/**
 * @param count how many targets in all
 * @returns a YAML inventory whose targets are literal addresses, fifty behind each name
 */
export function inventoryText(count: number, place?: Place): string {
  const lines = [
    'version: 1',
    'databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }',
    // A target group for each target and more: what an account of this size has had raised.
    'limits: { targetGroupsPerRegion: 10000 }',
    'routers:',
  ];
  for (let start = 0, router = 0; start < count; start += TARGETS_PER_ROUTER, router += 1) {
    const hex = router.toString(16).padStart(17, '0');
    const { region, vpcId, subnetIds } = place ?? {
      region: REGIONS[router % REGIONS.length],
      vpcId: `vpc-${hex}`,
      subnetIds: [`subnet-${hex}`, `subnet-1${hex.slice(1)}`],
    };
    lines.push(
      `  router-${router}:`,
      `    aws: { accountId: "123456789012", region: ${region}, vpcId: ${vpcId}, subnetIds: [${subnetIds.join(', ')}] }`,
      `    ncc: { name: bench-${router}, workspaceIds: [${1000 + router}] }`,
      '    targets:',
    );
    for (let n = start; n < Math.min(count, start + TARGETS_PER_ROUTER); n += 1) {
      const slot = n - start;
      const domain = `shared-${Math.floor(slot / 50)}.router-${router}.acme-data.com`;
      lines.push(`      db-${n}: { host: ${address(n)}, port: 5432, domain: ${domain} }`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The n-th address of 10.0.0.0/8, two hundred in each /24, so that none ends in 0 or 255. */
export function address(n: number): string {
  const block = Math.floor(n / 200);
  return `10.${(block >> 8) & 255}.${block & 255}.${(n % 200) + 1}`;
}
