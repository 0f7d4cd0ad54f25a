import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  APPLY_TEMPLATE,
  BOOTSTRAP_TEMPLATE,
  CAPABILITIES,
  ENGINES,
  forwarderFile,
  SETUP_FILES,
  TEMPLATE_FILES,
} from '../../src/forwarder';

const engines = Object.entries(ENGINES);

describe('the table of engines', () => {
  it('names every file of the folder, and no other', () => {
    const folder = dirname(forwarderFile(APPLY_TEMPLATE));
    expect(TEMPLATE_FILES).toEqual(
      readdirSync(folder)
        .filter((name) => !name.endsWith('.ts'))
        .sort(),
    );
  });

  it.each(engines)('%s: each path once, each unit with a file, the service among the units', (_, traits) => {
    const paths = traits.files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(traits.units).toContain(traits.service);
    const own = traits.files.filter((file) => !SETUP_FILES.includes(file)).map(({ path }) => path);
    expect(own.filter((path) => path.startsWith('/etc/systemd/system/')).sort()).toEqual(
      traits.units.map((unit) => `/etc/systemd/system/${unit}`).sort(),
    );
  });

  it.each(engines)('%s: the apply script knows the same units', (engine, traits) => {
    const script = readFileSync(forwarderFile(APPLY_TEMPLATE), 'utf8');
    const known = new RegExp(`^ +${engine}\\) echo (.+) ;;$`, 'm').exec(script)?.[1]?.split(' ') ?? [];
    const machine = /^machine_units='(.*)'$/m.exec(script)?.[1]?.split(' ') ?? [];
    expect([...known, ...machine].sort()).toEqual([...traits.units].sort());
    expect(known.at(-1)).toBe(traits.service);
  });

  it('keeps template sequences out of the files that are no templates', () => {
    const plain = TEMPLATE_FILES.filter((name) => !name.endsWith('.tftpl'));
    expect(plain.length).toBeGreaterThan(5);
    expect(plain.filter((name) => /[$%]\{/.test(readFileSync(forwarderFile(name), 'utf8')))).toEqual([]);
  });

  it('gives no file outside the table', () => {
    expect(() => forwarderFile('../model/index.ts')).toThrow(/no file/);
    expect(TEMPLATE_FILES).toEqual(expect.arrayContaining([APPLY_TEMPLATE, BOOTSTRAP_TEMPLATE]));
  });
});

describe('the capabilities', () => {
  it('are what the engines were measured to have', () => {
    const can = (engine: keyof typeof ENGINES) =>
      Object.entries(ENGINES[engine].capabilities)
        .filter(([, has]) => has)
        .map(([capability]) => capability)
        .sort();
    expect(can('haproxy')).toEqual(
      Object.keys(CAPABILITIES)
        .filter((capability) => capability !== 'stockImage')
        .sort(),
    );
    expect(can('nginx')).toEqual(['connectionLog', 'keepAlives', 'perTargetIdleTimeout', 'severalAddresses']);
    expect(can('nftables')).toEqual(['stockImage']);
  });

  it("several hosts of a target, some of them kept back, and targets that share a port are HAProxy's alone", () => {
    const rows = engines.map(([engine, { routes, capabilities }]) => [
      engine,
      routes,
      capabilities.severalHosts,
      capabilities.backup,
    ]);
    expect(rows).toEqual([
      ['haproxy', ['tcp', 'sni', 'http'], true, true],
      ['nginx', ['tcp'], false, false],
      ['nftables', ['tcp'], false, false],
    ]);
  });

  it.each(Object.entries(CAPABILITIES))('%s has words for people', (_, { what, without }) => {
    expect(what).toMatch(/^[a-zP]/);
    expect(without).toMatch(/^[A-Z].+\.$/s);
  });
});
