import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { fieldValue, interpolate, type Scope } from './expression';
import { git } from './repository';
import type { Environment, Shell } from './shell';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly strategy?: { readonly matrix: { readonly include: unknown } };
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What made a workflow run. */
export interface GitHubEvent {
  readonly name: 'pull_request' | 'push';
  /** What is checked out: `refs/pull/1/merge`, `refs/heads/main`. */
  readonly ref: string;
  readonly number?: number;
}

/** One job, once for each entry of its matrix. */
export interface JobRun {
  readonly job: string;
  readonly result: 'success' | 'failure' | 'skipped';
  readonly environment?: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Actions that were used, and cache hits. */
  readonly log: readonly string[];
  readonly failure?: string;
}

export interface GitHubOptions {
  readonly origin: string;
  readonly repository: string;
  readonly folder: string;
  readonly shell: Shell;
  /** What is set on a runner before any step. */
  readonly env: Environment;
  readonly apiUrl: string;
  /** Variables of the repository. */
  readonly vars: Readonly<Record<string, string>>;
  /** What a job is given that may ask for a token of its own and says who it is. */
  signIn(env: Environment): Environment;
}

/** A job at work. */
interface Bench {
  readonly workspace: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly event: GitHubEvent;
  readonly artifacts: string;
  env: Environment;
  readonly log: string[];
  /** What happens once all steps are done well. */
  readonly after: (() => void)[];
}

/** GitHub Actions as far as our workflow goes: its jobs, steps and expressions, and what the actions do that it uses. */
export class GitHub {
  private readonly options: GitHubOptions;
  private readonly cache: string;
  private runs = 0;

  public constructor(options: GitHubOptions) {
    this.options = options;
    this.cache = join(options.folder, 'cache');
    mkdirSync(this.cache, { recursive: true });
  }

  /** Runs every job of a workflow, in order. */
  public async run(file: string, event: GitHubEvent): Promise<readonly JobRun[]> {
    const workflow = parse(readFileSync(file, 'utf8')) as Workflow;
    this.runs += 1;
    const folder = join(this.options.folder, `run-${this.runs}`);
    const done: JobRun[] = [];
    for (const [name, job] of Object.entries(workflow.jobs)) {
      const needs = [job.needs ?? []].flat();
      const needed = needs.flatMap((need) => done.filter((run) => run.job === need));
      const scope = this.scope(event, needed);
      const wanted = job.if === undefined || Boolean(fieldValue(asExpression(job.if), scope));
      if (!wanted || needed.some(({ result }) => result !== 'success')) {
        done.push({ job: name, result: 'skipped', outputs: {}, log: [] });
        continue;
      }
      const include = job.strategy === undefined ? [{}] : (fieldValue(job.strategy.matrix.include, scope) as object[]);
      for (const [index, matrix] of include.entries()) {
        const bench = this.bench(join(folder, `${name}-${index}`), join(folder, 'artifacts'), job, event);
        done.push(await this.runJob(name, workflow, job, { ...scope, matrix }, bench));
      }
    }
    return done;
  }

  private scope(event: GitHubEvent, needed: readonly JobRun[]): Scope {
    const { repository, vars } = this.options;
    const head = { repo: { full_name: repository } };
    return {
      github: {
        event_name: event.name,
        actor: 'ada',
        ref: event.ref,
        repository,
        token: 'github-token',
        event: event.name === 'pull_request' ? { pull_request: { number: event.number, head } } : {},
      },
      vars,
      runner: { os: 'Linux', arch: 'X64' },
      needs: Object.fromEntries(needed.map(({ job, outputs }) => [job, { outputs }])),
      fromJSON: (text: string) => JSON.parse(text) as unknown,
    };
  }

  private bench(folder: string, artifacts: string, { permissions = {} }: Job, event: GitHubEvent): Bench {
    mkdirSync(folder, { recursive: true });
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace);
    const env = {
      ...this.options.env,
      CI: 'true',
      GITHUB_API_URL: this.options.apiUrl,
      GITHUB_REPOSITORY: this.options.repository,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...(permissions['id-token'] === 'write' ? { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token' } : {}),
    };
    return { workspace, permissions, event, artifacts, env, log: [], after: [] };
  }

  private async runJob(name: string, workflow: Workflow, job: Job, scope: Scope, bench: Bench): Promise<JobRun> {
    const steps: Record<string, { outputs: Record<string, string> }> = {};
    const hashFiles = (file: string) =>
      createHash('sha256')
        .update(readFileSync(join(bench.workspace, file)))
        .digest('hex');
    const inner: Scope = { ...scope, steps, hashFiles, always: () => true, cancelled: () => false };
    const environment = job.environment === undefined ? undefined : interpolate(job.environment, inner);
    bench.env = { ...bench.env, ...filled(workflow.env, inner), ...filled(job.env, inner) };
    let failure: string | undefined;
    for (const step of job.steps) {
      const condition = asExpression(step.if ?? 'success()');
      const ownStatus = /\b(success|failure|always|cancelled)\(\)/.test(condition);
      const met = Boolean(
        fieldValue(condition, { ...inner, success: () => failure === undefined, failure: () => failure !== undefined }),
      );
      if (!met || (failure !== undefined && !ownStatus)) continue;
      try {
        const outputs =
          step.uses === undefined ? await this.command(step, inner, bench) : this.action(step, inner, bench);
        if (step.id !== undefined) steps[step.id] = { outputs };
      } catch (error) {
        failure ??= String(error instanceof Error ? error.message : error);
      }
    }
    if (failure === undefined) for (const finish of bench.after) finish();
    return {
      job: name,
      result: failure === undefined ? 'success' : 'failure',
      ...(environment === undefined ? {} : { environment }),
      outputs: failure === undefined ? filled(job.outputs, inner) : {},
      log: bench.log,
      ...(failure === undefined ? {} : { failure }),
    };
  }

  /** `bash -e`, as GitHub runs it where no shell is named. */
  private async command(step: Step, scope: Scope, bench: Bench): Promise<Record<string, string>> {
    if (step.shell !== undefined) throw new Error(`the shell ${step.shell} is not known here`);
    const script = interpolate(step.run ?? '', scope);
    if (script !== step.run) throw new Error(`an expression stands in a script: ${step.run}`);
    const own = { ...bench.env, ...filled(step.env, scope) };
    const output = String(own.GITHUB_OUTPUT);
    writeFileSync(output, '');
    await this.options.shell.must(['bash', '-e', '-c', script], bench.workspace, this.options.signIn(own));
    const lines = readFileSync(output, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  }

  private action(step: Step, scope: Scope, bench: Bench): Record<string, string> {
    const given = filled(step.with, scope);
    const { workspace, log } = bench;
    log.push(String(step.uses));
    switch (step.uses) {
      case 'actions/checkout@v4': {
        if (bench.permissions.contents !== 'read') throw new Error('a checkout needs contents: read');
        git(workspace, 'init', '--quiet');
        git(workspace, 'remote', 'add', 'origin', `file://${this.options.origin}`);
        git(workspace, 'fetch', '--quiet', `--depth=${given['fetch-depth'] ?? 1}`, 'origin', bench.event.ref);
        git(workspace, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
        return {};
      }
      case 'actions/setup-node@v4':
        if (Number(given['node-version']) > Number(process.versions.node.split('.')[0]))
          throw new Error('no such Node');
        return {};
      case 'actions/cache@v4': {
        const kept = join(
          this.cache,
          createHash('sha256')
            .update(given.key ?? '')
            .digest('hex'),
        );
        const path = join(workspace, given.path ?? '');
        const hit = existsSync(kept);
        if (hit) cpSync(kept, path, { recursive: true, verbatimSymlinks: true });
        else bench.after.push(() => cpSync(path, kept, { recursive: true, verbatimSymlinks: true }));
        log.push(hit ? 'cache hit' : 'cache miss');
        return { 'cache-hit': String(hit) };
      }
      case 'actions/upload-artifact@v4':
        upload(join(bench.artifacts, given.name ?? ''), workspace, given);
        return {};
      case 'actions/download-artifact@v4':
        cpSync(join(bench.artifacts, given.name ?? ''), join(workspace, given.path ?? ''), { recursive: true });
        return {};
      case 'hashicorp/setup-terraform@v3':
        if (given.terraform_wrapper !== 'false') throw new Error('the wrapper would change the output');
        return {};
      case 'aws-actions/configure-aws-credentials@v4':
        if (bench.permissions['id-token'] !== 'write') throw new Error('a role needs id-token: write');
        if (!/^arn:aws:iam::\d{12}:role\//.test(given['role-to-assume'] ?? '')) throw new Error('no role to assume');
        bench.env = {
          ...bench.env,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_REGION: given['aws-region'],
        };
        return {};
      default:
        throw new Error(`the action ${step.uses} is not known here`);
    }
  }
}

function asExpression(condition: string): string {
  return condition.includes('${{') ? condition : `\${{ ${condition} }}`;
}

function filled(map: Readonly<Record<string, unknown>> | undefined, scope: Scope): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, interpolate(String(value), scope)]));
}

/** What the action takes: hidden files only where that is asked for, and nothing that stands behind a `!`. */
function upload(to: string, workspace: string, given: Readonly<Record<string, string>>): void {
  const lines = (given.path ?? '').split('\n').filter((line) => line !== '');
  const [from = '', ...others] = lines.filter((line) => !line.startsWith('!'));
  if (others.length > 0) throw new Error('several paths have another root');
  const excluded = lines
    .filter((line) => line.startsWith('!'))
    .map((line) => {
      if (!line.endsWith('/**')) throw new Error(`the pattern ${line} is not known here`);
      return join(workspace, line.slice(1, -3));
    });
  const root = join(workspace, from);
  if (!existsSync(root)) return;
  rmSync(to, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  cpSync(root, to, {
    recursive: true,
    filter: (path) => {
      const hidden = relative(root, path)
        .split('/')
        .some((part) => part.startsWith('.'));
      return (given['include-hidden-files'] === 'true' || !hidden) && !excluded.includes(path);
    },
  });
}
