import type { Valid } from '../valid-inventories';

/** A legal input as near as can be to one that a code refuses: the value at the limit, the other letter case, the other place. */
export interface Neighbour extends Valid {
  /** What its neighbour across the border is refused or warned with. */
  readonly code: string;
  /** As far as which room it is legal. Default: `planner`, from an empty lock. */
  readonly stage?: 'check' | 'planner';
}

type Edit = readonly [from: string, to: string];

/** A neighbour by edits of a valid inventory. @param base default: the one of AWS */
export function near(code: string, name: string, edits: readonly Edit[], more: Partial<Neighbour> = {}): Neighbour {
  return { code, name, edits, ...more };
}

/** A neighbour that is a whole text. */
export function whole(code: string, name: string, text: string, more: Partial<Neighbour> = {}): Neighbour {
  return { code, name, edits: [], text, ...more };
}

const HEAD = 'version: 1\ndatabricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }\n';

/** One line of `aws:`. */
export function awsLine(region = 'us-east-2', more = ''): string {
  return `aws: { accountId: "123456789012", region: ${region}, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e]${more} }`;
}

/** A router of AWS in one line. */
export function awsRouter(name: string, ncc: string, targets: string, region = 'us-east-2'): string {
  return `  ${name}: { ${awsLine(region)}, ncc: { ${ncc} }, targets: { ${targets} } }\n`;
}

/** An inventory of these routers, each a line. */
export function routers(...lines: readonly string[]): string {
  return `${HEAD}routers:\n${lines.join('')}`;
}
