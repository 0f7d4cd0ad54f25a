import type { Pipeline, PipelineEnvironment } from './pipeline';

/** What the inventory is called unless somebody says otherwise. */
const DEFAULT_FILE = 'privatelink-router.yaml';

/** The Terraform that pipelines install unless somebody changes it: what the emitted configuration is tested with. */
export const TERRAFORM_VERSION = '1.11.4';

/** The oldest Node that the command runs on. */
export const NODE_VERSION = '20';

/** Installs exactly what the lock file of npm says; no package of ours needs its scripts. */
export const INSTALL = 'npm ci --ignore-scripts --prefer-offline --no-audit --no-fund';

/** A command of ours for one environment, from the installed package and never from a registry. */
export function router(
  verb: 'check' | 'plan' | 'synth',
  { file }: Pipeline,
  { name }: PipelineEnvironment,
  ...options: readonly string[]
): string {
  return [
    'npx --no-install privatelink-router',
    verb,
    ...(file === DEFAULT_FILE ? [] : [file]),
    ...(name === undefined ? [] : ['--env', name]),
    '--frozen',
    ...options,
  ].join(' ');
}

/** Lines of text with an indentation before each that is not empty. */
export function indented(spaces: number, lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(spaces)}${line}`)).join('\n');
}

/** What tells the files of one environment from those of another. */
export function suffix({ name }: PipelineEnvironment): string {
  return name === undefined ? '' : `-${name}`;
}

/** The file that our plan of an environment is written to. */
export function planFile(environment: PipelineEnvironment): string {
  return `plan${suffix(environment)}.md`;
}

/** Comments with our plan of each environment. @param script what comments */
export function commentLines(pipeline: Pipeline, script: string): readonly string[] {
  return pipeline.environments.map((environment) => {
    const file = planFile(environment);
    return `if [ -s ${file} ]; then node ${script} ports${suffix(environment)} ${file}; fi`;
  });
}
