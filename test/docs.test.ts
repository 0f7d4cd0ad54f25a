import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withTable } from '../scripts/engines-page';
import { preparePlan } from '../src/app';
import { ENGINES } from '../src/forwarder';
import { loadInventory } from '../src/inventory';
import { synthesize } from '../stacks';

const ROOT = resolve(__dirname, '..');
const DOCS = join(ROOT, 'docs');
const scratch = mkdtempSync(join(tmpdir(), 'plr-docs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const page = (name: string): string => readFileSync(join(DOCS, name), 'utf8');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const everything = [readme, ...pages.map(page)].join('\n');

/** Writes an inventory of one router into a folder of its own. */
function inventoryFile(name: string, text: string): string {
  const file = join(scratch, name);
  writeFileSync(file, text);
  return file;
}

describe('the documents', () => {
  it.each(pages)('%s is linked from the README, and links to files that exist', (name) => {
    expect(readme).toContain(`](docs/${name}`);
    for (const [, link = ''] of page(name).matchAll(/\]\((?!#|http)([^)#]+)/g)) {
      expect(existsSync(join(DOCS, dirname(name), link)), link).toBe(true);
    }
  });

  it('show the engines as the code has them', () => {
    expect(withTable(page('engines.md')), 'npm run generate brings the table up to date').toBe(page('engines.md'));
    const baking = page('baking-an-image.md');
    for (const [engine, { packages }] of Object.entries(ENGINES)) {
      expect(baking).toContain(`| \`${engine}\` | ${packages.map((one) => `\`${one}\``).join(', ')} |`);
    }
  });

  it('name outputs that a stack has', async () => {
    const outputs = new Set<string>();
    for (const azure of [false, true]) {
      const place = azure
        ? 'azure: { subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940, location: eastus2, resourceGroupName: rg, network: { addressSpace: 10.20.0.0/24 } }'
        : 'aws: { accountId: "123456789012", region: us-east-2, vpcId: vpc-0a1b2c3d4e5f60718, subnetIds: [subnet-0a1b2c3d4e5f60718, subnet-0b1c2d3e4f5061728] }';
      const file = inventoryFile(
        `outputs-${azure}.yaml`,
        `version: 1
databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
routers:
  one: { ${place}, ncc: { name: one-router, workspaceIds: [1234567890123456] }, approval: manual, teardown: prepare, targets: { db: { host: db.corp.acme-data.com, port: 5432${azure ? '' : ', securityGroupIds: [210987654321/sg-0a1b2c3d]'} } } }
`,
      );
      const { plan } = await preparePlan({ file, frozen: false, write: false });
      const [stack = ''] = synthesize(plan, join(scratch, `out-${azure}`)).filter((path) =>
        path.endsWith('cdk.tf.json'),
      );
      const { output } = JSON.parse(readFileSync(stack, 'utf8')) as { output: Record<string, unknown> };
      for (const name of Object.keys(output)) outputs.add(name);
    }
    const named = [...everything.matchAll(/(?:terraform output|outputs?) `?([a-z]+(?:_[a-z]+)+)/g)].map(
      (m) => m[1] ?? '',
    );
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(outputs, name).toContain(name);
  });

  it('give an inventory that is right', () => {
    const text = /## The inventory by example\s+```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const whole = text.replaceAll(
      '/subscriptions/…/',
      '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/',
    );
    const { inventory, diagnostics } = loadInventory({ file: inventoryFile('readme.yaml', whole) });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(inventory?.routers.map(({ cloud }) => cloud)).toEqual(['aws', 'azure']);
  });
});
