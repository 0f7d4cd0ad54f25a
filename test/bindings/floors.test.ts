import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { atLeast, FLOORS, floorOf, PROVIDER_REQUIREMENTS, type ProviderName } from '../../src/bindings';
import { MODULES, writeModules } from '../../src/modules';
import { PROVIDERS } from '../terraform/support/providers';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
const names = Object.keys(PROVIDER_REQUIREMENTS) as ProviderName[];

/** The first cell of each row of a README table whose other cells promise something. */
function promisesOf(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && /\bin[- ]place\b/.test(line));
  return rows.map((line) => line.split('|')[1]?.trim() ?? '');
}

describe('the floors of the providers', () => {
  it('have a public source each, and a version', () => {
    for (const { provider, since, what, source } of FLOORS) {
      expect(names, what).toContain(provider);
      expect(since, what).toMatch(/^\d+\.\d+$/);
      expect(source, what).toMatch(/^https:\/\/github\.com\/(hashicorp|databricks)\/terraform-provider-/);
    }
  });

  it.each(names)('%s: its range begins where its highest floor is, and tests begin there too', (name) => {
    const floor = floorOf(name);
    for (const row of FLOORS) if (row.provider === name) expect(atLeast(floor, row.since), row.what).toBe(true);
    expect(PROVIDER_REQUIREMENTS[name].version).toMatch(new RegExp(`^>= ${floor.replace('.', '\\.')}, < \\d+$`));
    expect(PROVIDERS[name].from).toBe(`${floor}.0`);
  });

  it('let nobody add a NAT address with a provider that would replace the service', () => {
    expect(PROVIDER_REQUIREMENTS.azurerm.version).toBe('>= 4.59, < 5');
  });

  it('are one for each "in place" that the README promises', () => {
    const promised = FLOORS.flatMap(({ promise = [] }) => promise);
    expect([...promised].sort()).toEqual(promisesOf(README).sort());
  });

  it('compare versions by their numbers', () => {
    expect(atLeast('5.100', '5.99')).toBe(true);
    expect(atLeast('4.58', '4.59')).toBe(false);
    expect(atLeast('5.0', '4.81')).toBe(true);
  });

  it.each(MODULES.map(({ name }) => name))('%s: the module and its examples ask for nothing older', (module) => {
    const folder = mkdtempSync(join(tmpdir(), 'plr-floors-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeModules(folder, MODULES);
    const examples = readdirSync(join(folder, module, 'examples')).map((name) => `examples/${name}/main.tf`);
    for (const file of ['versions.tf', ...examples]) {
      const text = readFileSync(join(folder, module, file), 'utf8');
      const asked = [...text.matchAll(/^ +(\w+) += \{[^}]*version += "([^"]*)"/gm)];
      expect(asked.length, file).toBeGreaterThan(0);
      for (const [, name = '', version = ''] of asked) {
        expect(/^>= (\d+\.\d+)/.exec(version)?.[1], `${file}: ${name} ${version}`).toBe(floorOf(name as ProviderName));
      }
    }
  });
});
