import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/inventory';
import { REGION_FORM, REGIONS } from '../../src/inventory/tables/regions';
import { type LimitId, limitValue, partitionOf } from '../../src/limits';
import { didYouMean } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

const value = (id: LimitId) => limitValue(id, {});

describe('presets', () => {
  it('are those that people ask for', () => {
    for (const name of [
      'postgres',
      'mysql',
      'sqlserver',
      'oracle',
      'mongodb',
      'redis',
      'kafka',
      'snowflake',
      'https',
    ]) {
      expect(PRESETS.has(name)).toBe(true);
    }
  });

  it.each([...PRESETS])('%s is within what AWS allows, and says what becomes of TLS', (_name, preset) => {
    const { healthCheck } = preset;
    expect(preset.port).toBeGreaterThan(0);
    expect(preset.port).toBeLessThanOrEqual(65535);
    expect(preset.idleTimeout).toBeGreaterThanOrEqual(value('aws.idleTimeoutMin'));
    expect(preset.idleTimeout).toBeLessThanOrEqual(value('aws.endpointIdleTimeout'));
    expect(preset.drain).toBeLessThanOrEqual(value('aws.deregistrationDelayMax'));
    expect(healthCheck.interval).toBeGreaterThanOrEqual(value('aws.healthCheckIntervalMin'));
    expect(healthCheck.interval).toBeLessThanOrEqual(value('aws.healthCheckIntervalMax'));
    expect(healthCheck.timeout).toBeGreaterThanOrEqual(value('aws.healthCheckTimeoutMin'));
    expect(healthCheck.timeout).toBeLessThanOrEqual(healthCheck.interval);
    expect(preset.tls.length).toBeGreaterThan(3);
  });

  it.each(['kafka', 'oracle', 'mongodb'])('%s warns that its clients are redirected', (name) => {
    expect(PRESETS.get(name)?.warning).toMatch(/target/);
  });

  it('warn once for each router, not for each target', () => {
    const text = VALID.replace('preset: postgres', 'preset: redis').replace('preset: sqlserver', 'preset: redis');
    expect(loadText(text).diagnostics.map(({ code }) => code)).toEqual(['PLR1226']);
  });

  it('of health checks are none where an overlay or a file switches them off, whatever else stands there', () => {
    const on = (text: string) => {
      const [router] = loadText(text).inventory?.routers ?? [];
      return router?.targets.map(({ healthCheck }) => healthCheck.protocol);
    };
    const all = VALID_AZURE.replace(
      '    healthCheck:\n      interval: 20\n      timeout: 10\n',
      '    healthCheck: none\n',
    );
    expect(on(all)).toEqual(['none', 'HTTPS', 'none', 'none']);
    const one = VALID_AZURE.replace('          protocol: HTTPS\n', '          protocol: none\n');
    expect(on(one)?.[1]).toBe('none');
  });

  it("give way to the router's words, and those to the target's", () => {
    const text = VALID.replace('idleTimeout: 350', 'idleTimeout: 349\n    drain: 20').replace(
      'preset: sqlserver',
      'preset: sqlserver\n        idleTimeout: 100\n        healthCheck: { interval: 30 }',
    );
    const [router] = loadText(text).inventory?.routers ?? [];
    const target = (name: string) => router?.targets.find((one) => one.name === name);
    expect(target('ledger')).toMatchObject({
      idleTimeout: 349,
      drain: 20,
      healthCheck: { interval: 20, timeout: 10 },
    });
    expect(target('billing-sql')).toMatchObject({
      idleTimeout: 100,
      healthCheck: { interval: 30, timeout: 10, healthyThreshold: 3 },
    });
    expect(target('legacy')?.healthCheck).toEqual({
      protocol: 'TCP',
      interval: 10,
      timeout: 5,
      healthyThreshold: 3,
      unhealthyThreshold: 3,
    });
  });
});

describe('regions', () => {
  it('have the form of regions, each stands once', () => {
    for (const region of REGIONS) expect(region).toMatch(REGION_FORM);
    expect(new Set(REGIONS).size).toBe(REGIONS.length);
  });

  it('are all in a partition where Databricks has a role', () => {
    for (const region of REGIONS) {
      const { regions = [region], databricks = {} } = partitionOf(region) ?? {};
      expect(regions, region).toContain(region);
      expect(Object.keys(databricks).length, region).toBeGreaterThan(0);
    }
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-isog-east-1', 'no partition'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['usgovvirginia', "another cloud of Azure's"],
    ['chinanorth3', "another cloud of Azure's"],
  ])('%s is refused where it is stated, and where a router is in it', (region, words) => {
    const azure = !region.includes('-');
    const base = azure ? VALID_AZURE : VALID;
    const key = azure ? 'location: westeurope' : 'region: eu-west-1';
    expect(base.split(key).length).toBeGreaterThan(1);
    const stated = base.includes('\nlimits:\n')
      ? base.replace('\nlimits:\n', `\nlimits:\n  regions: [${region}]\n`)
      : base.replace('\nrouters:\n', `\nlimits: { regions: [${region}] }\nrouters:\n`);
    const loaded = loadText(stated.replace(key, key.replace(/: .*/, `: ${region}`)));
    expect(loaded.diagnostics.map(({ code, severity, path }) => [code, severity, path.split('.').at(-1)])).toEqual([
      ['PLR1328', 'error', '0'],
      ['PLR1328', 'error', azure ? 'location' : 'region'],
    ]);
    for (const { message, fix } of loaded.diagnostics) {
      expect(message).toContain(words);
      expect(fix).toContain('`limits.regions` does not change this');
    }
    expect(loaded.brokenRouters.size).toBe(1);
  });

  it('that are new are still taken where they are stated', () => {
    const text = VALID.replace('endpointsUsed: 2', 'regions: [mx-central-1]').replace('eu-west-1', 'mx-central-1');
    expect(loadText(text).diagnostics).toEqual([]);
  });
});

describe('did you mean', () => {
  const keys = ['host', 'port', 'listenPort', 'idleTimeout', 'healthCheck'];
  it.each([
    ['hsot', 'host'],
    ['hosts', 'host'],
    ['listen_port', 'listenPort'],
    ['LISTENPORT', 'listenPort'],
    ['idel-timeout', 'idleTimeout'],
    ['helthcheck', 'healthCheck'],
  ])('%s → %s', (word, meant) => expect(didYouMean(word, keys)).toBe(meant));

  it.each(['', 'xyz', 'certificate', 'x'.repeat(500)])('nothing for %j', (word) => {
    expect(didYouMean(word, keys)).toBeUndefined();
  });
});
