import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Pipeline, pipelineFiles } from '../../src/pipelines';
import { fieldValue, interpolate } from './support/expression';
import { unnoticed } from './support/mutations';
import { LARGE, LARGE_WATCHED } from './support/samples';

const WORKFLOW = '.github/workflows/privatelink-router.yml';
const WAIT = { DATABRICKS_TF_ENABLED_PF_RESOURCES: 'databricks_mws_ncc_private_endpoint_rule' };

type Values = Readonly<Record<string, unknown>>;
interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Values;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job extends Values {
  readonly if?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': unknown };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow extends Values {
  readonly on: Values;
  readonly jobs: Readonly<Record<'synth' | 'plan' | 'apply', Job>>;
}

function workflow(pipeline: Pipeline): unknown {
  return parse(pipelineFiles('github-actions', pipeline).find(({ path }) => path === WORKFLOW)?.text ?? '');
}

/** What GitHub knows of an event, for a router of a cloud. */
function scope(event: 'pull_request' | 'push', more: { ref?: string; cloud?: string; hit?: string } = {}) {
  return {
    github: {
      event_name: event,
      repository: 'acme/network',
      actor: 'ada',
      token: 'the-token',
      ref: more.ref ?? (event === 'push' ? 'refs/heads/trunk/live' : 'refs/pull/7/merge'),
      event: event === 'push' ? {} : { pull_request: { number: 7, head: { repo: { full_name: 'acme/network' } } } },
    },
    matrix: { deployment: 'erp-prod', cloud: more.cloud ?? 'azure', region: 'eastus2' },
    needs: { synth: { outputs: { stacks: '[{"deployment":"erp-prod"}]' } } },
    steps: { packages: { outputs: { 'cache-hit': more.hit } }, synth: { outputs: { stacks: 'the-stacks' } } },
    vars: { AWS_ROLE_ARN: 'role', DATABRICKS_CLIENT_ID: 'sp', AZURE_CLIENT_ID: 'app', AZURE_TENANT_ID: 'tenant' },
    runner: { os: 'Linux', arch: 'X64' },
    hashFiles: (file: string) => `hash of ${file}`,
    fromJSON: (text: string) => JSON.parse(text) as unknown,
    cancelled: () => false,
  };
}

const condition = (text: string | undefined) => (text?.includes('${{') === false ? `\${{ ${text} }}` : text);
const met = (text: string | undefined, ...at: Parameters<typeof scope>) => fieldValue(condition(text), scope(...at));
const filled = (map: Values | undefined, ...at: Parameters<typeof scope>) =>
  Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, fieldValue(value, scope(...at))]));

/** What a runner reads of a job beside its steps. */
function settings({ steps: _, if: _if, concurrency: _c, env: _e, name: _n, ...rest }: Job): Values {
  return rest;
}

/** Each step as the action or the name that it goes by, with its options filled in. */
function stepsOf(job: Job): readonly (readonly [string, Values])[] {
  return job.steps.map(({ uses, name, run: _, if: _if, with: options, env, ...rest }) => [
    uses ?? name ?? '',
    { ...rest, ...filled(options, 'push'), ...filled(env, 'pull_request') },
  ]);
}

const conditional = (job: Job) => job.steps.filter((step) => step.if !== undefined);
const IDENTITY = {
  STACK: 'cdktf.out/stacks/erp-prod',
  DEPLOYMENT: 'erp-prod',
  DATABRICKS_AUTH_TYPE: 'github-oidc',
  DATABRICKS_CLIENT_ID: 'sp',
  ARM_USE_OIDC: 'true',
  ARM_CLIENT_ID: 'app',
  ARM_TENANT_ID: 'tenant',
};
const TERRAFORM = [
  ['hashicorp/setup-terraform@v3', { terraform_version: '1.11.4', terraform_wrapper: false }],
  ['aws-actions/configure-aws-credentials@v4', { 'role-to-assume': 'role', 'aws-region': 'eastus2' }],
  ['Providers and state', {}],
];
const COMMENT = ['Comment', { GITHUB_TOKEN: 'the-token', PULL_REQUEST: 7 }];

/** Expects every setting that only GitHub's runner interprets. */
function check(document: unknown): void {
  const { on, jobs, name: _, ...rest } = document as Workflow;
  const { synth, plan, apply } = jobs;
  // pull_request and never pull_request_target: code of a fork would run with the repository's own rights.
  const watched = [...LARGE_WATCHED, WORKFLOW, '.github/privatelink-router-comment.mjs'];
  const filter = { branches: ['trunk/live'], paths: watched };
  expect(on).toEqual({ pull_request: filter, push: filter });
  // No job has a right that it does not name, and Terraform asks nobody.
  expect(rest).toEqual({ permissions: {}, env: { ...WAIT, TF_IN_AUTOMATION: '1', TF_INPUT: '0' } });
  expect(Object.keys(jobs)).toEqual(['synth', 'plan', 'apply']);

  // A hung run ends; an apply has two hours, since an endpoint of Databricks may take thirty minutes to come.
  expect(settings(synth)).toEqual({
    'runs-on': 'ubuntu-latest',
    'timeout-minutes': 15,
    permissions: { contents: 'read', 'pull-requests': 'write' },
    outputs: { stacks: '${{ steps.synth.outputs.stacks }}' },
  });
  // One router that fails does not stop the others, and who plans is not who applies.
  const matrix = { 'fail-fast': false, matrix: { include: '${{ fromJSON(needs.synth.outputs.stacks) }}' } };
  expect(settings(plan)).toEqual({
    needs: 'synth',
    strategy: matrix,
    'runs-on': 'ubuntu-latest',
    'timeout-minutes': 30,
    environment: '${{ matrix.deployment }}-plan',
    permissions: { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
  });
  expect(settings(apply)).toEqual({
    needs: ['synth', 'plan'],
    strategy: matrix,
    'runs-on': 'ubuntu-latest',
    'timeout-minutes': 120,
    environment: '${{ matrix.deployment }}',
    permissions: { contents: 'read', 'id-token': 'write' },
  });
  expect([synth.env, filled(plan.env, 'push'), filled(apply.env, 'push')]).toEqual([undefined, IDENTITY, IDENTITY]);

  // A newer push to a pull request ends the plan of the older one; nothing ever ends an apply, and two never run at once.
  expect(synth.concurrency).toBeUndefined();
  expect(filled(plan.concurrency, 'pull_request')).toEqual({
    group: 'privatelink-router-plan-erp-prod-refs/pull/7/merge',
    'cancel-in-progress': true,
  });
  expect(filled(plan.concurrency, 'push')).toMatchObject({ 'cancel-in-progress': false });
  expect(filled(apply.concurrency, 'push')).toEqual({
    group: 'privatelink-router-erp-prod',
    'cancel-in-progress': false,
  });

  expect(synth.if).toBeUndefined();
  expect([met(plan.if, 'pull_request'), met(plan.if, 'push')]).toEqual([true, true]);
  expect([met(apply.if, 'pull_request'), met(apply.if, 'push')]).toEqual([false, true]);
  expect(met(apply.if, 'push', { ref: 'refs/heads/change' })).toBe(false);

  // Two commits, to compare with the one before; no token stays in the folder that the artifacts are made of.
  expect(stepsOf(synth)).toEqual([
    ['actions/checkout@v4', { 'fetch-depth': 2, 'persist-credentials': false }],
    ['actions/setup-node@v4', { 'node-version': 20 }],
    [
      'actions/cache@v4',
      {
        id: 'packages',
        path: 'node_modules',
        key: 'privatelink-router-Linux-X64-node20-hash of package-lock.json',
      },
    ],
    ['Packages', {}],
    ['Ports and what changes', {}],
    COMMENT,
    ['Terraform', { id: 'synth' }],
    [
      'actions/upload-artifact@v4',
      { name: 'privatelink-router-stacks', path: 'cdktf.out/stacks', 'retention-days': 30 },
    ],
  ]);
  // What waits for a reviewer is kept as long as GitHub waits, thirty days; the plan is bound to a hidden lock file.
  expect(stepsOf(plan)).toEqual([
    ['actions/checkout@v4', { 'persist-credentials': false }],
    ['actions/download-artifact@v4', { name: 'privatelink-router-stacks', path: 'cdktf.out/stacks' }],
    ...TERRAFORM,
    ['Plan', {}],
    COMMENT,
    [
      'actions/upload-artifact@v4',
      {
        name: 'privatelink-router-plan-erp-prod',
        path: 'cdktf.out/stacks/erp-prod\n!cdktf.out/stacks/erp-prod/.terraform/**\n',
        'include-hidden-files': true,
        'retention-days': 30,
      },
    ],
  ]);
  expect(stepsOf(apply)).toEqual([
    ['actions/download-artifact@v4', { name: 'privatelink-router-plan-erp-prod', path: 'cdktf.out/stacks/erp-prod' }],
    ...TERRAFORM,
    ['Apply', {}],
  ]);

  const [packages, portsComment, ...none] = conditional(synth);
  expect(none).toEqual([]);
  expect([packages?.name, met(packages?.if, 'push'), met(packages?.if, 'push', { hit: 'true' })]).toEqual([
    'Packages',
    true,
    false,
  ]);
  expect([portsComment?.name, met(portsComment?.if, 'push'), met(portsComment?.if, 'pull_request')]).toEqual([
    'Comment',
    false,
    true,
  ]);
  for (const job of [plan, apply]) {
    const [aws] = conditional(job);
    expect(aws?.uses).toBe('aws-actions/configure-aws-credentials@v4');
    expect([met(aws?.if, 'push', { cloud: 'aws' }), met(aws?.if, 'push')]).toEqual([true, false]);
  }
  const [, planComment, upload, ...others] = conditional(plan);
  expect(others).toEqual([]);
  expect(conditional(apply)).toHaveLength(1);
  expect([planComment?.name, met(planComment?.if, 'push'), met(planComment?.if, 'pull_request')]).toEqual([
    'Comment',
    false,
    true,
  ]);
  expect([upload?.uses, met(upload?.if, 'push'), met(upload?.if, 'pull_request')]).toEqual([
    'actions/upload-artifact@v4',
    true,
    false,
  ]);
}

describe('the settings of the workflow', () => {
  it('are what a runner needs, and each is looked at', () => {
    // Names are for people, and the scripts are run by executed.test.ts.
    const exempt = (path: readonly (string | number)[]) => {
      const last = path.at(-1);
      return (last === 'name' && !path.includes('with')) || last === 'run';
    };
    expect(unnoticed(check, workflow(LARGE), exempt)).toEqual([]);
  });

  it('fill in expressions as the runner does', () => {
    expect(interpolate('${{ matrix.deployment }}-plan', scope('push'))).toBe('erp-prod-plan');
  });
});
