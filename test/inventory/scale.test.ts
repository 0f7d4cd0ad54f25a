import { describe, expect, it } from 'vitest';
import { loadText } from './support';

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `      t${index}: ${one(index)}\n`).join('');

const HEAD = `version: 1
databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
routers:
  r:
    aws: { accountId: "123456789012", region: us-east-2, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e] }
    ncc: { name: abc, workspaceIds: [1] }
    targets:
`;

describe('a hundred thousand targets', () => {
  it('are read, each with its place', () => {
    const loaded = loadText(HEAD + many(100_000, (index) => `d${index}.a.ex:5432`));
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.inventory?.routers[0]?.targets).toHaveLength(100_000);
    expect(loaded.locate(['routers', 'r', 'targets', 't99999', 'port'])).toMatchObject({ line: 100_007 });
  });

  it('that share one check by an alias are read too', () => {
    const check = '&c { interval: 30, timeout: 20 }';
    const text =
      HEAD + many(5_000, (index) => `{ host: d${index}.a.ex, port: 1, healthCheck: ${index === 0 ? check : '*c'} }`);
    const targets = loadText(text).inventory?.routers[0]?.targets ?? [];
    expect(targets).toHaveLength(5_000);
    expect(new Set(targets.map(({ healthCheck }) => healthCheck.timeout))).toEqual(new Set([20]));
  });

  it('with a mistake in each are answered, one finding each', () => {
    const { diagnostics } = loadText(HEAD + many(5_000, (index) => `{ host: d${index}.a.ex, port: 0 }`));
    expect(diagnostics).toHaveLength(5_000);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['PLR1104']));
  });
});
