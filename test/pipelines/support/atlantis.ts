import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { parse } from 'yaml';
import { git } from './repository';
import type { Environment, Shell } from './shell';

type WorkflowStep =
  | string
  | { readonly env: { readonly name: string; readonly value: string } }
  | { readonly run: string };

interface Stage {
  readonly steps: readonly WorkflowStep[];
}

interface ServerConfig {
  readonly repos: readonly {
    readonly id: string;
    readonly allowed_overrides: readonly string[];
    readonly allowed_workflows: readonly string[];
    readonly pre_workflow_hooks: readonly { readonly run: string; readonly commands: string }[];
  }[];
  readonly workflows: Readonly<Record<string, { readonly plan: Stage; readonly apply: Stage }>>;
}

interface Project {
  readonly name: string;
  readonly dir: string;
  readonly workflow: string;
  readonly autoplan: { readonly enabled: boolean; readonly when_modified: readonly string[] };
}

export interface AtlantisOptions {
  readonly origin: string;
  readonly repository: string;
  readonly folder: string;
  readonly shell: Shell;
  /** The server's environment, its own credentials among it. */
  readonly env: Environment;
  /** The server's repository configuration. */
  readonly config: string;
}

/** Atlantis as far as our files go: a clone of each pull request, its hooks, and the workflows of its projects. */
export class Atlantis {
  private readonly options: AtlantisOptions;
  private readonly server: ServerConfig;
  private readonly clone: string;

  public constructor(options: AtlantisOptions, pull: { readonly number: number; readonly branch: string }) {
    this.options = options;
    this.server = parse(options.config) as ServerConfig;
    this.clone = join(options.folder, `pull-${pull.number}`);
    // The strategy "merge": the base branch as it is, with the pull request merged into it.
    git(options.folder, 'clone', '--quiet', '--depth=1', '--branch', 'main', `file://${options.origin}`, this.clone);
    git(this.clone, 'fetch', '--quiet', '--unshallow', 'origin', `+refs/heads/${pull.branch}:refs/heads/pull`);
    git(this.clone, 'merge', '--quiet', '--no-ff', '--no-edit', 'pull');
  }

  /** `atlantis plan`: the hooks, then every project that the pull request changes. @returns comments by project */
  public async plan(): Promise<Readonly<Record<string, string>>> {
    await this.hooks('plan');
    const comments: Record<string, string> = {};
    for (const project of this.modified()) comments[project.name] = await this.stage(project, 'plan');
    return comments;
  }

  /** `atlantis apply`: every project that was planned. */
  public async apply(projects: readonly string[]): Promise<Readonly<Record<string, string>>> {
    await this.hooks('apply');
    const comments: Record<string, string> = {};
    for (const project of this.projects().filter(({ name }) => projects.includes(name))) {
      comments[project.name] = await this.stage(project, 'apply');
    }
    return comments;
  }

  private projects(): readonly Project[] {
    return (parse(readFileSync(join(this.clone, 'atlantis.yaml'), 'utf8')) as { projects: Project[] }).projects;
  }

  private modified(): readonly Project[] {
    const changed = git(this.clone, 'diff', '--name-only', 'HEAD^1', 'HEAD').split('\n');
    const untracked = git(this.clone, 'ls-files', '--others', '--exclude-standard').split('\n');
    const all = new Set([...changed, ...untracked].filter((file) => file !== ''));
    return this.projects().filter(({ dir, autoplan }) =>
      autoplan.when_modified.some((pattern) => {
        if (/[*?[\]!]/.test(pattern)) throw new Error(`the pattern ${pattern} is not known here`);
        return autoplan.enabled && all.has(normalize(join(dir, pattern)));
      }),
    );
  }

  private repo(): ServerConfig['repos'][number] {
    const found = this.server.repos.find(({ id }) => id === this.options.repository);
    if (found === undefined) throw new Error('the server does not know the repository');
    return found;
  }

  /** The hooks of a command, in the order in which they stand. */
  public async hooks(command: 'plan' | 'apply'): Promise<void> {
    const env = { ...this.options.env, BASE_BRANCH_NAME: 'main', COMMAND_NAME: command, DIR: this.clone };
    for (const hook of this.repo().pre_workflow_hooks.filter(({ commands }) => commands.includes(command))) {
      await this.options.shell.must(['sh', '-c', hook.run], this.clone, env);
    }
  }

  private async stage(project: Project, stage: 'plan' | 'apply'): Promise<string> {
    const { allowed_overrides: overrides, allowed_workflows: allowed } = this.repo();
    if (!overrides.includes('workflow') || !allowed.includes(project.workflow)) {
      throw new Error(`the server does not allow the workflow ${project.workflow}`);
    }
    const workflow = this.server.workflows[project.workflow];
    if (workflow === undefined) throw new Error(`the server has no workflow ${project.workflow}`);
    const dir = join(this.clone, project.dir);
    const plan = join(dir, `${project.name}-default.tfplan`);
    let env: Environment = {
      ...this.options.env,
      DIR: dir,
      PLANFILE: plan,
      PROJECT_NAME: project.name,
      WORKSPACE: 'default',
      TF_IN_AUTOMATION: 'true',
    };
    const comment: string[] = [];
    const run = async (argv: readonly string[]): Promise<void> => {
      comment.push((await this.options.shell.must(argv, dir, env)).output);
    };
    const builtIn: Readonly<Record<string, readonly string[]>> = {
      init: ['terraform', 'init', '-no-color', '-input=false', '-upgrade'],
      plan: ['terraform', 'plan', '-no-color', '-input=false', '-refresh', '-out', plan],
      apply: ['terraform', 'apply', '-no-color', '-input=false', plan],
    };
    for (const step of workflow[stage].steps) {
      if (typeof step === 'string') {
        const argv = builtIn[step];
        if (argv === undefined) throw new Error(`the step ${step} is not known here`);
        await run(argv);
      } else if ('env' in step) env = { ...env, [step.env.name]: step.env.value };
      else await run(['sh', '-c', step.run]);
    }
    return comment.join('\n');
  }
}
