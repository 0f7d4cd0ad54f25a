import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listener, router, shard, TCP_CHECK } from '../constructs/support/plans';
import { at, terraformOf } from '../constructs/support/synthesized';
import { evaluate, terraformIsMissing } from './support/terraform';

const fragments = fc.constantFrom(
  '$',
  '%',
  '{',
  '}',
  '${',
  '%{',
  '$${',
  '%%{',
  '"',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '~}',
  '${~',
  'TfToken[',
  '${TfToken[TOKEN.0]}',
  '#{',
  '//',
  '/*',
  '<<EOT',
  '-1.8881545897087626e+289',
  '1e5',
  ' ',
  'é',
  '\u0301',
  '日本',
  '%{ if true }',
  '%{ endif }',
  '${path.cwd}',
);
const nasty = fc.array(fragments, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''));
const text = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
);

// Terraform normalises every string so, and says so in its documentation.
const normal = (value: string): string => value.normalize('NFC');

describe.skipIf(terraformIsMissing())('text of the inventory through a real terraform', () => {
  it('comes out as it went in: tags by key and value, hosts, domains, health check paths, outputs', () => {
    const samples = fc.sample(fc.tuple(text, text), { numRuns: 500 });
    const listeners = samples.map(([one, other], i) => {
      const healthCheck = { ...TCP_CHECK, protocol: 'HTTP' as const, path: one, matcher: other };
      return listener(`t${i}`, 10000 + i, { host: one, domain: other, healthCheck });
    });
    const tags = Object.fromEntries(samples.map(([one, other], i) => [`${i}-${one}`, other]));
    const domains = samples.map(([one]) => one);
    const tree = terraformOf(router([shard(1, listeners, { domains })], { tags }));
    const got = evaluate({
      locals: Object.fromEntries(['tags', 's1_targets', 'connections'].map((name) => [name, at(tree, 'locals', name)])),
      output: {
        tags: { value: '${local.tags}' },
        targets: { value: '${local.s1_targets}' },
        connections: at(tree, 'output', 'connections'),
        domains: { value: at(tree, 'resource', 'databricks_mws_ncc_private_endpoint_rule', 's1', 'domain_names') },
      },
    });
    samples.forEach(([given, also], i) => {
      const [one, other] = [normal(given), normal(also)];
      expect(at(got, 'tags', normal(`${i}-${given}`))).toBe(other);
      expect(at(got, 'targets', `t${i}`)).toMatchObject({ host: one, domain: other });
      expect(at(got, 'targets', `t${i}`, 'health_check')).toMatchObject({ path: one, matcher: other });
      expect(at(got, 'connections', `t${i}`)).toMatchObject({ host: one, domain: other });
      expect(at(got, 'domains', String(i))).toBe(one);
    });
  });
});
