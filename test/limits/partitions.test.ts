import { describe, expect, it } from 'vitest';
import { databricksOf, PARTITIONS, partitionOf, renderLimitsMarkdown } from '../../src/limits';
import { principalOf } from '../../src/planner';

describe('the table of partitions', () => {
  it('names each once, with a public source and the day it was read', () => {
    expect(new Set(PARTITIONS.map(({ name }) => name)).size).toBe(PARTITIONS.length);
    for (const { name, source, checked } of PARTITIONS) {
      expect(source, name).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|docs\.databricks\.com|github\.com)\//);
      expect(checked, name).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });

  it('has roles of the partition itself, and encrypted account consoles', () => {
    for (const { name, databricks } of PARTITIONS) {
      for (const { principal, accountHosts } of Object.values(databricks)) {
        expect(principal('us-east-2')).toMatch(new RegExp(`^arn:${name}:iam::\\d{12}:role/private-connectivity-role-`));
        expect(accountHosts.length).toBeGreaterThan(0);
        for (const host of accountHosts) expect(host).toMatch(/^https:\/\/accounts/);
      }
    }
  });

  it.each([
    ['us-east-2', 'aws'],
    ['mx-central-1', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-iso-west-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-east-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['xx-isoz-east-1', undefined],
  ])('%s is in %s', (region, name) => expect(partitionOf(region)?.name).toBe(name));

  it('gives the planner its principals', () => {
    expect(principalOf({ region: 'us-east-2' })).toBe(
      'arn:aws:iam::565502421330:role/private-connectivity-role-us-east-2',
    );
    expect(principalOf({ region: 'us-gov-west-1', govcloud: 'civilian' })).toBe(
      'arn:aws-us-gov:iam::347038500609:role/private-connectivity-role-us-gov-west-1',
    );
    expect(principalOf({ region: 'us-gov-west-1', govcloud: 'dod' })).toBe(
      'arn:aws-us-gov:iam::347034940029:role/private-connectivity-role-us-gov-west-1',
    );
    expect(databricksOf('dod').accountHosts[0]).toBe('https://accounts-dod.cloud.databricks.mil');
  });

  it('stands in docs/limits.md', () => {
    const page = renderLimitsMarkdown();
    for (const { name } of PARTITIONS) expect(page).toContain(`| \`${name}\` |`);
    expect(page).toContain('| `aws-cn` | `cn-*` | none | none |');
  });
});
