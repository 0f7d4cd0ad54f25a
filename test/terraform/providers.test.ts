import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platform } from './support/platform';
import { chooseProviders, describeProviders, type ProviderName, writeCliConfig } from './support/providers';

describe('where providers come from', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plr-providers-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A mirror that holds these packages: `namespace/name/version`, or an archive's file name after `namespace/name/`. */
  function mirror(name: string, packages: readonly string[]): string {
    const root = join(folder, name);
    for (const entry of packages) {
      const path = join(root, 'registry.terraform.io', entry);
      if (entry.endsWith('.zip')) {
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, '');
      } else mkdirSync(join(path, platform()), { recursive: true });
    }
    return root;
  }

  function chosen(provider: ProviderName, mirrors: readonly string[]): unknown {
    const {
      kind,
      version,
      mirror: from,
    } = chooseProviders(folder, mirrors, [provider]).find(({ name }) => name === provider) ?? {};
    return { kind, version, from };
  }

  it('takes the newest version in range', () => {
    const versions = ['5.99.9', '5.100.0', '6.9.1', '6.25.0', '7.0.0'].map((version) => `hashicorp/aws/${version}`);
    const root = mirror('one', versions);
    expect(chosen('aws', [root])).toEqual({ kind: 'mirror', version: '6.25.0', from: root });
  });

  it('takes archives too, and nothing of another platform', () => {
    const archive = (version: string, system: string) =>
      `hashicorp/dns/terraform-provider-dns_${version}_${system}.zip`;
    const root = mirror('one', [archive('3.4.3', platform()), archive('3.6.1', 'plan9_386')]);
    expect(chosen('dns', [root])).toMatchObject({ version: '3.4.3' });
  });

  it('takes the first mirror that has one', () => {
    const first = mirror('first', ['databricks/databricks/1.120.0']);
    const second = mirror('second', ['databricks/databricks/1.121.0']);
    const third = mirror('third', ['databricks/databricks/1.128.0']);
    expect(chosen('databricks', [first, second, third])).toEqual({ kind: 'mirror', version: '1.121.0', from: second });
  });

  it('stands in for all but aws', () => {
    const choices = chooseProviders(folder, []);
    expect(choices.map(({ name, kind }) => [name, kind])).toEqual([
      ['aws', 'download'],
      ['azurerm', 'stand-in'],
      ['databricks', 'stand-in'],
      ['dns', 'stand-in'],
    ]);
    expect(describeProviders(choices)).toBe(
      'providers: aws real (download), azurerm schema stand-in, databricks schema stand-in, dns schema stand-in',
    );
  });

  it('does not take a stand-in of another run for the real one', () => {
    const made = chooseProviders(join(folder, 'other'), [], ['dns']).find(({ name }) => name === 'dns')?.mirror ?? '';
    expect(chosen('dns', [made])).toMatchObject({ kind: 'stand-in', from: join(folder, 'stand-ins') });
  });

  it('prefers the real one to a stand-in, and says so', () => {
    const root = mirror('one', ['hashicorp/dns/3.6.1', 'hashicorp/aws/5.100.0']);
    expect(describeProviders(chooseProviders(folder, [root]))).toBe(
      'providers: aws 5.100.0 real (mirror), azurerm schema stand-in, databricks schema stand-in, dns 3.6.1 real (mirror)',
    );
  });

  it('has terraform take each from its own place, and the rest by download', () => {
    const root = mirror('one', ['hashicorp/dns/3.6.1']);
    const text = readFileSync(writeCliConfig(folder, chooseProviders(folder, [root], ['aws', 'dns'])), 'utf8');
    expect(text).toContain(`path    = ${JSON.stringify(root)}`);
    expect(text).toContain('include = ["registry.terraform.io/hashicorp/dns"]');
    expect(text).toContain('direct {\n    exclude = ["registry.terraform.io/hashicorp/dns"]');
    expect(text).toContain('plugin_cache_dir');
  });
});
