import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/inventory';
import { partitionOf, REGION_FORM, REGIONS } from '../../src/inventory/tables/regions';
import { didYouMean } from '../../src/inventory/values/did-you-mean';
import { type LimitId, limitValue } from '../../src/limits';
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
    expect(preset.deregistrationDelay).toBeLessThanOrEqual(value('aws.deregistrationDelayMax'));
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
    const text = VALID.replace('preset: postgres', 'preset: kafka').replace('preset: sqlserver', 'preset: kafka');
    expect(loadText(text).diagnostics.map(({ code }) => code)).toEqual(['PLR1226']);
  });

  it("give way to the router's words, and those to the target's", () => {
    const text = VALID.replace('idleTimeout: 350', 'idleTimeout: 349\n    deregistrationDelay: 20').replace(
      'preset: sqlserver',
      'preset: sqlserver\n        idleTimeout: 100\n        healthCheck: { interval: 30 }',
    );
    const [router] = loadText(text).inventory?.routers ?? [];
    const target = (name: string) => router?.targets.find((one) => one.name === name);
    expect(target('ledger')).toMatchObject({
      idleTimeout: 349,
      deregistrationDelay: 20,
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

  it('belong to partitions', () => {
    expect(['us-east-2', 'us-gov-west-1', 'cn-north-1'].map(partitionOf)).toEqual(['aws', 'aws-us-gov', 'aws-cn']);
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
