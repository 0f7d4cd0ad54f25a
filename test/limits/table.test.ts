import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS, limit, limitValue, RAISE_KEYS, renderLimitsMarkdown, USED_KEYS, usedValue } from '../../src/limits';

const ROOT = join(__dirname, '..', '..');

describe('the table of limits', () => {
  it('names each row once, and each key under limits: once', () => {
    const ids = LIMITS.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = [...RAISE_KEYS.keys(), ...USED_KEYS.keys()];
    expect(new Set(keys).size).toBe(keys.length);
    expect(RAISE_KEYS.size).toBe(LIMITS.filter((row) => row.adjustable).length);
  });

  it('gives every row a positive value, a public source and the day it was read', () => {
    for (const row of LIMITS) {
      expect(row.value, row.id).toBeGreaterThan(0);
      // What we measured is in a page of our own.
      if (row.cloud === 'terraform') expect(existsSync(join(ROOT, row.source)), row.source).toBe(true);
      else
        expect(row.source, row.id).toMatch(
          /^https:\/\/(docs\.aws\.amazon\.com|docs\.databricks\.com|docs\.kernel\.org|learn\.microsoft\.com|github\.com)\//,
        );
      expect(row.checked, row.id).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(row.id.startsWith(`${row.cloud}.`), row.id).toBe(true);
    }
  });

  it('keeps each pair of smallest and largest in order', () => {
    const pairs = LIMITS.filter((row) => row.id.endsWith('Min'));
    expect(pairs.length).toBeGreaterThan(3);
    for (const row of pairs) {
      const max = LIMITS.find((other) => other.id === row.id.replace(/Min$/, 'Max'));
      expect(max?.value, row.id).toBeGreaterThan(row.value);
    }
  });

  it('takes a raised value where the provider raises it, and only there', () => {
    expect(limitValue('aws.loadBalancersPerRegion', {})).toBe(50);
    expect(limitValue('aws.loadBalancersPerRegion', { loadBalancersPerRegion: 80 })).toBe(80);
    expect(limitValue('aws.listenersPerLoadBalancer', { listenersPerLoadBalancer: 80 })).toBe(50);
  });

  it('knows what is used outside the inventory', () => {
    expect(usedValue('databricks.endpointsPerRegion', { endpointsUsed: 7 })).toBe(7);
    expect(usedValue('databricks.endpointsPerRegion', {})).toBe(0);
    expect(usedValue('aws.nameLength', { endpointsUsed: 7 })).toBe(0);
  });

  it('refuses an id that is no row', () => {
    expect(() => limit('aws.nothing' as 'aws.nameLength')).toThrow('There is no limit aws.nothing.');
  });

  it('is what docs/limits.md says', () => {
    const page = readFileSync(join(ROOT, 'docs', 'limits.md'), 'utf8');
    expect(page).toBe(renderLimitsMarkdown());
    for (const row of LIMITS) expect(page).toContain(`| \`${row.id}\` | ${row.what} | ${row.value} ${row.unit} |`);
  });
});
