import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { git } from './repository';
import type { Environment, Shell } from './shell';

interface StackConfig {
  readonly before_init: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface SpaceliftOptions {
  readonly origin: string;
  readonly folder: string;
  readonly shell: Shell;
  /** The worker's environment. */
  readonly env: Environment;
  /** The slug of the stack. */
  readonly stack: string;
  /** What a run is given that says who it is. */
  signIn(env: Environment): Environment;
}

/** A stack of Spacelift as far as our configuration goes: its state is Spacelift's. */
export class SpaceliftStack {
  private readonly options: SpaceliftOptions;
  private runs = 0;

  public constructor(options: SpaceliftOptions) {
    this.options = options;
  }

  /** One run on a commit: initializing, planning, and (of a tracked branch) applying. @returns the logs of its phases */
  public async run(
    ref: string,
    type: 'PROPOSED' | 'TRACKED',
  ): Promise<{ readonly initializing: string; readonly planning: string; readonly applying?: string }> {
    const { folder, origin, shell, stack } = this.options;
    this.runs += 1;
    const root = join(folder, `run-${this.runs}`);
    git(folder, 'clone', '--quiet', '--depth=1', '--branch', ref, `file://${origin}`, root);
    const config = parse(readFileSync(join(root, '.spacelift', 'config.yml'), 'utf8')) as {
      stacks: Record<string, StackConfig>;
    };
    const own = config.stacks[stack];
    if (own === undefined) throw new Error(`there is no stack ${stack}`);
    const env = this.options.signIn({
      ...this.options.env,
      ...own.environment,
      TF_VAR_spacelift_stack_branch: 'main',
      TF_VAR_spacelift_stack_id: stack,
      TF_VAR_spacelift_run_type: type,
    });
    const before = own.before_init;
    if (before.some((hook) => hook.includes('\n'))) throw new Error('a hook is one line');
    // The configuration of Spacelift's own state, which goes together with no other.
    const state = { terraform: { backend: { local: { path: join(folder, `${stack}.tfstate`) } } } };
    writeFileSync(join(root, 'spacelift_backend.tf.json'), JSON.stringify(state));
    // A phase is one session of a shell, in which each hook stands in braces.
    const init = [...before, 'terraform init -no-color -input=false'].map((hook) => `{ ${hook}; }`).join(' && ');
    const initializing = (await shell.must(['sh', '-c', init], root, env)).output;
    const planning = (
      await shell.must(['sh', '-c', 'terraform plan -no-color -input=false -out=spacelift.plan'], root, env)
    ).output;
    if (type === 'PROPOSED') return { initializing, planning };
    const applying = (
      await shell.must(['sh', '-c', 'terraform apply -no-color -input=false spacelift.plan'], root, env)
    ).output;
    return { initializing, planning, applying };
  }
}
