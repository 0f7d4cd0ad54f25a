import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Lets terraform evaluate a configuration that needs no provider, and gives its outputs. Belongs inside a test.
 *
 * @param beside a folder whose content the configuration reads: it is copied to the configuration's own
 */
export function evaluate(configuration: unknown, beside?: string): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'plr-evaluate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (beside !== undefined) cpSync(beside, folder, { recursive: true });
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration));
  const run = (...args: string[]): string =>
    execFileSync('terraform', args, { cwd: folder, encoding: 'utf8', env: environment(), maxBuffer: 1 << 28 });
  run('init', '-input=false', '-no-color');
  run('plan', '-input=false', '-no-color', '-out=plan');
  const shown: { planned_values: { outputs: Record<string, { value: unknown }> } } = JSON.parse(
    run('show', '-json', 'plan'),
  );
  return Object.fromEntries(Object.entries(shown.planned_values.outputs).map(([name, { value }]) => [name, value]));
}

function environment(): NodeJS.ProcessEnv {
  // A command line configuration of the machine may name a mirror, or a file that is not there.
  const { TF_CLI_CONFIG_FILE: _elsewhere, ...rest } = process.env;
  return { ...rest, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
}
