import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { at, terraformOf } from '../constructs/support/synthesized';
import { listener, router, shard, TCP_CHECK } from '../constructs/support/plans';

const missing = spawnSync('terraform', ['version']).status !== 0;
if (missing && process.env.REQUIRE_TERRAFORM === '1') throw new Error('terraform is not on the PATH');

const fragments = fc.constantFrom(
  '$', '%', '{', '}', '${', '%{', '$${', '%%{', '"', '\\', '\n', '\r\n', '\t', '~}', '${~', 'TfToken[', '${TfToken[TOKEN.0]}',
  '#{', '//', '/*', '<<EOT', '-1.8881545897087626e+289', '1e5', ' ', 'é', '\u0301', '日本', '%{ if true }', '%{ endif }', '${path.cwd}',
);
const nasty = fc.array(fragments, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''));
const text = fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) });

/** Evaluates a configuration without providers and gives its outputs. */
function outputs(configuration: unknown): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'plr-fuzz-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration));
  const run = (...args: string[]): string =>
    execFileSync('terraform', args, { cwd: folder, encoding: 'utf8', env: environment(), maxBuffer: 1 << 28 });
  run('init', '-input=false', '-no-color');
  run('plan', '-input=false', '-no-color', '-out=plan');
  const shown = JSON.parse(run('show', '-json', 'plan'));
  return Object.fromEntries(
    Object.entries(shown.planned_values.outputs).map(([name, output]) => [name, (output as { value: unknown }).value]),
  );
}

function environment(): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: _elsewhere, ...rest } = process.env;
  return { ...rest, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
}

// Terraform normalises every string so, and says so in its documentation.
const normal = (value: string): string => value.normalize('NFC');

describe.skipIf(missing)('text of the inventory through a real terraform', () => {
  it('comes out as it went in: tags by key and value, hosts, domains, health check paths, outputs', () => {
    const samples = fc.sample(fc.tuple(text, text), { numRuns: 500 });
    const listeners = samples.map(([one, other], i) => {
      const healthCheck = { ...TCP_CHECK, protocol: 'HTTP' as const, path: one, matcher: other };
      return listener(`t${i}`, 10000 + i, { host: one, domain: other, healthCheck });
    });
    const tags = Object.fromEntries(samples.map(([one, other], i) => [`${i}-${one}`, other]));
    const domains = samples.map(([one]) => one);
    const tree = terraformOf(router([shard(1, listeners, { domains })], { tags }));
    const got = outputs({
      locals: { tags: at(tree, 'locals', 'tags'), s1_targets: at(tree, 'locals', 's1_targets') },
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
