import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { ENGINES, type EngineName, enginesLacking } from '../../support/engines';
import { type Lack, lackWords } from '../../support/lacks';
import { chooseProviders, mirrors, PROVIDERS_OF, type ProviderName, writeCliConfig } from './providers';
import { lacking, type Need } from './requirements';

/** Providers that neither a mirror nor a stand-in gives: terraform must be able to download them. */
function providersLacking(names: readonly ProviderName[]): readonly Lack[] {
  const folder = mkdtempSync(join(tmpdir(), 'plr-probe-'));
  try {
    const wanted = chooseProviders(folder, mirrors(), names).filter(({ kind }) => kind === 'download');
    if (wanted.length === 0) return [];
    const required = Object.fromEntries(wanted.map(({ name, source }) => [name, { source }]));
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: required } }));
    const env = { ...process.env, TF_CLI_CONFIG_FILE: writeCliConfig(folder, wanted), CHECKPOINT_DISABLE: '1' };
    const init = spawnSync('terraform', ['init', '-input=false'], { cwd: folder, env, stdio: 'ignore' });
    if (init.status === 0) return [];
    const get = 'let `terraform init` download it, or name a filesystem mirror that has it: TF_PLUGIN_MIRROR';
    return wanted.map(({ name }) => ({ what: `the provider ${name}`, get }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NEEDED_PROVIDERS = { providers: PROVIDERS_OF.aws, 'azure providers': PROVIDERS_OF.azure } as const;
type ProvidersNeed = keyof typeof NEEDED_PROVIDERS;

function isEngine(need: string): need is EngineName {
  return (ENGINES as readonly string[]).includes(need);
}

/** A suite that needs programs of the machine, engines that `.ci/engines` builds among them: see `describeUnless`. */
export function describeWith(
  needs: readonly (Need | ProvidersNeed | EngineName)[],
  title: string,
  body: () => void,
): void {
  const programs = needs.filter((need): need is Need => !(need in NEEDED_PROVIDERS) && !isEngine(need));
  const providers = Object.entries(NEEDED_PROVIDERS).flatMap(([need, names]) =>
    needs.includes(need as ProvidersNeed) ? names : [],
  );
  const missing = [...lacking(programs), ...enginesLacking(needs.filter(isEngine))];
  if (providers.length > 0 && lacking(['terraform']).length === 0) missing.push(...providersLacking(providers));
  describeUnless(missing, title, body);
}

/**
 * A suite, unless this machine lacks something: then it is skipped, and what is missing is listed when the run ends; with
 * `REQUIRE_TERRAFORM=1` it fails instead.
 */
export function describeUnless(missing: readonly Lack[], title: string, body: () => void): void {
  if (missing.length === 0) describe(title, body);
  else if (process.env.REQUIRE_TERRAFORM === '1') {
    describe(title, () => {
      it('finds what it needs', () => {
        throw new Error(lackWords(missing));
      });
    });
  } else describe.skip(title, { meta: { lacks: missing } }, body);
}
