import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors';
import { forwarderText, TEMPLATE_FILES } from '../../src/forwarder';
import { synthesize } from '../../stacks';
import { azureRouter, azureShard, fiveAzureTargets, placeWith } from '../constructs/support/azure-plans';
import { plan } from '../constructs/support/plans';
import { at } from '../constructs/support/synthesized';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'plr-companions-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

const shards = [azureShard(1, fiveAzureTargets())];
const folder = (...rest: string[]) => join(outdir, 'stacks', 'analytics-eus2', ...rest);
const stackFile = () => JSON.parse(readFileSync(folder('cdk.tf.json'), 'utf8'));

describe('the files beside a stack of Azure', () => {
  it('are the forwarder’s, byte for byte, and the run says so', () => {
    const written = synthesize(plan(azureRouter(shards)), outdir);
    expect(readdirSync(folder('forwarder')).sort()).toEqual([...TEMPLATE_FILES]);
    for (const name of TEMPLATE_FILES) {
      expect(readFileSync(folder('forwarder', name), 'utf8')).toBe(forwarderText(name));
      expect(written).toContain(folder('forwarder', name));
    }
    expect(written).toEqual([...written].sort());
  });

  it.each(['haproxy', 'nginx', 'nftables'] as const)('are all that a stack with %s renders', (engine) => {
    synthesize(plan(azureRouter(shards, { azure: placeWith({ engine }) })), outdir);
    const rendered = [
      ...JSON.stringify(at(stackFile(), 'locals')).matchAll(/\$\{path\.module\}\/forwarder\/([^"\\]+)/g),
    ].map(([, name]) => name ?? '');
    expect(rendered.length).toBeGreaterThanOrEqual(4);
    for (const name of rendered) expect([name, existsSync(folder('forwarder', name))]).toEqual([name, true]);
  });

  it('do not change with the engine', () => {
    synthesize(plan(azureRouter(shards)), outdir);
    const before = readdirSync(folder('forwarder'));
    synthesize(plan(azureRouter(shards, { azure: placeWith({ engine: 'nftables' }) })), outdir);
    expect(readdirSync(folder('forwarder'))).toEqual(before);
  });

  it('are written again where somebody changed them', () => {
    synthesize(plan(azureRouter(shards)), outdir);
    const [name = ''] = TEMPLATE_FILES;
    writeFileSync(folder('forwarder', name), 'edited');
    synthesize(plan(azureRouter(shards)), outdir);
    expect(readFileSync(folder('forwarder', name), 'utf8')).toBe(forwarderText(name));
  });
});

describe('files that are no longer needed', () => {
  it('go with an older version’s mark, and nothing beside them', () => {
    synthesize(plan(azureRouter(shards)), outdir);
    const file = stackFile();
    file['//']['privatelink-router'].files.push('older.tftpl', '../kept.txt', '/etc/kept');
    writeFileSync(folder('cdk.tf.json'), JSON.stringify(file));
    writeFileSync(folder('forwarder', 'older.tftpl'), 'ours once');
    writeFileSync(folder('forwarder', 'mine.txt'), 'a user’s');
    writeFileSync(folder('kept.txt'), 'outside');
    synthesize(plan(azureRouter(shards)), outdir);
    expect(readdirSync(folder('forwarder')).sort()).toEqual([...TEMPLATE_FILES, 'mine.txt'].sort());
    expect(readFileSync(folder('kept.txt'), 'utf8')).toBe('outside');
  });

  it('go when the router is being destroyed, and when it has left', () => {
    synthesize(plan(azureRouter(shards)), outdir);
    synthesize(plan(azureRouter([], { teardown: 'destroy' })), outdir);
    expect(readdirSync(folder())).toEqual(['cdk.tf.json']);
    synthesize(plan(azureRouter(shards)), outdir);
    synthesize(plan(), outdir);
    expect(existsSync(folder())).toBe(false);
  });

  it('leave their folder to a user who put something there', () => {
    synthesize(plan(azureRouter(shards)), outdir);
    writeFileSync(folder('forwarder', 'mine.txt'), 'a user’s');
    synthesize(plan(), outdir);
    expect(readdirSync(folder('forwarder'))).toEqual(['mine.txt']);
  });
});

describe('a file of somebody else where one of ours belongs', () => {
  it('is not overwritten: an error names it, and nothing is written', () => {
    const file = folder('forwarder', TEMPLATE_FILES[0] ?? '');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'not ours');
    const attempt = () => synthesize(plan(azureRouter(shards)), outdir);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(file);
    expect(readFileSync(file, 'utf8')).toBe('not ours');
    expect(existsSync(folder('cdk.tf.json'))).toBe(false);
  });

  it('is taken for ours where it says the same', () => {
    const name = TEMPLATE_FILES[0] ?? '';
    mkdirSync(folder('forwarder'), { recursive: true });
    writeFileSync(folder('forwarder', name), forwarderText(name));
    expect(synthesize(plan(azureRouter(shards)), outdir)).toContain(folder('forwarder', name));
  });
});
