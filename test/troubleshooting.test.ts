import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { preparePlan } from '../src/app';
import { synthesize } from '../stacks';

const ROOT = resolve(__dirname, '..');
const page = readFileSync(join(ROOT, 'docs', 'troubleshooting.md'), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'plr-troubleshooting-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output: Readonly<Record<string, unknown>>;
}

/** What an example becomes. */
async function stackOf(name: string): Promise<Stack> {
  const file = relative(process.cwd(), join(ROOT, 'examples', name, 'privatelink-router.yaml'));
  const { plan } = await preparePlan({ file, frozen: true, write: false });
  const [path = ''] = synthesize(plan, join(scratch, name)).filter((one) => one.endsWith('cdk.tf.json'));
  return JSON.parse(readFileSync(path, 'utf8')) as Stack;
}

/** The section under a heading, as a link names it. */
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');
const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
const section = (heading: string): string => page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

describe('troubleshooting', () => {
  it('has a row for each section, and leads to it', () => {
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link);
    expect(headings.length).toBeGreaterThan(5);
    expect(new Set(links)).toEqual(new Set(headings.map(anchor)));
    const index = page.slice(0, page.indexOf('\n## '));
    // Who searches for the words finds the row: a heading is the literal text.
    for (const heading of headings) expect(index, heading).toContain(`\`${heading}`);
  });

  it('has commands in every section, and ends each way back with an apply or a look', () => {
    for (const heading of headings) {
      const blocks = [...section(heading).matchAll(/```console\n([\s\S]*?)```/g)].map(([, block = '']) => block);
      expect(blocks.length, heading).toBeGreaterThan(0);
      for (const block of blocks) {
        expect(block, heading).toMatch(/^ *(terraform apply|aws ec2 describe-|az vmss get-)/m);
        for (const line of block.trim().split('\n')) expect(line).toMatch(/^(terraform|aws|az|databricks| ) /);
      }
    }
  });

  it('names addresses and outputs that stacks have', async () => {
    const stacks = await Promise.all(['01-three-databases', '06-azure-on-premises'].map(stackOf));
    const addresses = [...page.matchAll(/\b((?:aws|azurerm|databricks)_[a-z_]+)\.(\w+)/g)];
    expect(addresses.length).toBeGreaterThan(4);
    for (const [address, type = '', name = ''] of addresses) {
      const known = stacks.flatMap(({ resource }) => Object.keys(resource[type] ?? {}));
      expect(known, address).toContain(name);
    }
    const kinds = [...page.matchAll(/`((?:aws|azurerm|databricks)_[a-z_]+)`/g)].map(([, kind = '']) => kind);
    for (const kind of kinds)
      expect(
        stacks.some(({ resource }) => kind in resource),
        kind,
      ).toBe(true);
    const outputs = [...page.matchAll(/terraform output (\w+)/g)].map(([, output = '']) => output);
    expect(outputs.length).toBeGreaterThan(4);
    for (const output of outputs)
      expect(
        stacks.some((stack) => output in stack.output),
        output,
      ).toBe(true);
  });

  it('names the kind of extension that the forwarders have', async () => {
    const { resource } = await stackOf('06-azure-on-premises');
    const [extension] = Object.values(resource.azurerm_virtual_machine_scale_set_extension ?? {});
    const { publisher, type } = extension as { readonly publisher: string; readonly type: string };
    expect(section('Multiple VMExtensions per handler not supported')).toContain(`\`${publisher}.${type}\``);
  });
});
