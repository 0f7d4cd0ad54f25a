import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pipelineFiles } from '../../src/pipelines';
import { conditionMet } from './support/azure-condition';
import { unnoticed } from './support/mutations';
import { LARGE, LARGE_WATCHED } from './support/samples';

type Values = Readonly<Record<string, unknown>>;
interface Step extends Values {
  readonly displayName?: string;
  readonly bash?: string;
  readonly task?: string;
  readonly publish?: string;
  readonly condition?: string;
}
interface Job extends Values {
  readonly condition?: string;
  readonly steps: readonly Step[];
}
interface Apply extends Values {
  readonly strategy: { readonly runOnce: { readonly deploy: { readonly steps: readonly Step[] } } };
}
interface Stage<Of> extends Values {
  readonly condition?: string;
  readonly jobs: readonly Of[];
}
interface Document extends Values {
  readonly stages: readonly [Stage<Job>, Stage<Apply>];
}

const files = pipelineFiles('azure-devops', LARGE);
const text = files.find(({ path }) => path === 'azure-pipelines.yml')?.text ?? '';
const COMMENT = '.azure-pipelines/privatelink-router-comment.mjs';
const STACKS = LARGE.environments.flatMap(({ stacks }) => stacks);
const SOURCES = '$(Build.SourcesDirectory)';

const event = (more: Readonly<Record<string, string>> = {}) => ({
  'Build.Reason': 'PullRequest',
  'Build.SourceBranch': 'refs/pull/7/merge',
  'Build.Repository.Provider': 'TfsGit',
  'System.PullRequest.IsFork': 'False',
  ...more,
});
const PULL = { variables: event() };
const FORK = { variables: event({ 'System.PullRequest.IsFork': 'True' }) };
const GITHUB = { variables: event({ 'Build.Repository.Provider': 'GitHub' }) };
const MERGE = { variables: event({ 'Build.Reason': 'BatchedCI', 'Build.SourceBranch': 'refs/heads/trunk/live' }) };
const BRANCH = { variables: { ...MERGE.variables, 'Build.SourceBranch': 'refs/heads/change' } };

/** Where a comment is posted: a pull request of Azure Repos that is of the repository itself. */
function expectComment(condition: string | undefined): void {
  expect([PULL, FORK, GITHUB, MERGE].map((facts) => conditionMet(condition, facts))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(conditionMet(condition, { ...PULL, canceled: true })).toBe(false);
}

const unconditional = ({ condition: _, displayName: _d, ...rest }: Step): Values => rest;
const TOKEN = { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' };
const INSTALLER = { task: 'TerraformInstaller@1', inputs: { terraformVersion: '1.11.4' } };

/** The task that runs Terraform as a service connection. */
function terraform({ cloud, region }: (typeof STACKS)[number], connection: string, lines: readonly string[]): Values {
  const env = {
    ...TOKEN,
    DATABRICKS_AUTH_TYPE: 'azure-devops-oidc',
    DATABRICKS_CLIENT_ID: '$(DATABRICKS_CLIENT_ID)',
    DATABRICKS_TF_ENABLED_PF_RESOURCES: 'databricks_mws_ncc_private_endpoint_rule',
  };
  // A failed line fails the task, and the script starts where the artifacts are.
  const script = (before: readonly string[]) => `${['set -e', ...before, ...lines].join('\n')}\n`;
  if (cloud === 'aws') {
    const inputs = {
      awsCredentials: connection,
      regionName: region,
      scriptType: 'inline',
      disableAutoCwd: true,
      workingDirectory: SOURCES,
      inlineScript: script([]),
    };
    return { task: 'AWSShellScript@1', inputs, env };
  }
  const identity = [
    '# Who the service connection is; the provider asks for tokens itself, so that none is too old.',
    'export ARM_USE_OIDC=true ARM_CLIENT_ID="$AZURESUBSCRIPTION_CLIENT_ID" ARM_TENANT_ID="$AZURESUBSCRIPTION_TENANT_ID"',
    'export ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID="$AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"',
  ];
  const inputs = {
    azureSubscription: connection,
    scriptType: 'bash',
    scriptLocation: 'inlineScript',
    workingDirectory: SOURCES,
    inlineScript: script(identity),
  };
  return { task: 'AzureCLI@2', inputs, env };
}

const download = (artifactName: string, folder: string): Values => ({
  task: 'DownloadPipelineArtifact@2',
  inputs: { artifactName, targetPath: `${SOURCES}/${folder}` },
});

function checkPorts({ steps, ...job }: Job): void {
  expect(job).toEqual({ job: 'Ports' });
  const [packages, ports, comment, synth] = steps.filter(({ bash }) => bash !== undefined);
  // Two commits, to compare with the one before.
  expect(steps.map(unconditional)).toEqual([
    { checkout: 'self', fetchDepth: '2' },
    { task: 'NodeTool@0', inputs: { versionSpec: '20.x' } },
    {
      task: 'Cache@2',
      inputs: {
        key: '"privatelink-router" | "$(Agent.OS)" | "$(Agent.OSArchitecture)" | package-lock.json',
        path: 'node_modules',
        cacheHitVar: 'PACKAGES',
      },
    },
    { bash: packages?.bash },
    { bash: ports?.bash },
    { bash: comment?.bash, env: TOKEN },
    { bash: synth?.bash },
    { publish: 'cdktf.out/stacks', artifact: 'stacks' },
  ]);
  expect(conditionMet(packages?.condition, { variables: { PACKAGES: 'false' } })).toBe(true);
  expect(conditionMet(packages?.condition, { variables: { PACKAGES: 'true' } })).toBe(false);
  expect(conditionMet(packages?.condition, { variables: {}, succeeded: false })).toBe(false);
  expectComment(comment?.condition);
  // What is wrong stands in the comment too.
  expect(conditionMet(comment?.condition, { ...PULL, succeeded: false })).toBe(true);
  expect([ports?.condition, synth?.condition, steps.at(-1)?.condition]).toEqual([undefined, undefined, undefined]);
}

function checkPlan({ condition, displayName: _, steps, ...job }: Job, stack: (typeof STACKS)[number]): void {
  const { deployment } = stack;
  const folder = `cdktf.out/stacks/${deployment}`;
  expect(job).toEqual({ job: `Plan_${deployment.replaceAll('-', '_')}`, dependsOn: 'Ports' });
  // A build of a fork gets no service connection.
  expect([PULL, GITHUB, MERGE, FORK].map((facts) => conditionMet(condition, facts))).toEqual([true, true, true, false]);
  expect(conditionMet(condition, { ...PULL, succeeded: false })).toBe(false);
  expect(steps.map(unconditional)).toEqual([
    { checkout: 'self' },
    { download: 'none' },
    download('stacks', 'cdktf.out/stacks'),
    INSTALLER,
    // Who plans may not write the state's lock; providers do not travel with the plan.
    terraform(stack, `privatelink-router-${deployment}-plan`, [
      `terraform -chdir=${folder} init -input=false`,
      `terraform -chdir=${folder} plan -input=false -lock=false -out=tfplan`,
      `terraform -chdir=${folder} show -no-color tfplan > plan.txt`,
      `rm -rf ${folder}/.terraform`,
    ]),
    { bash: `node ${COMMENT} terraform-${deployment} plan.txt ${deployment}`, env: TOKEN },
    { publish: folder, artifact: `plan-${deployment}` },
  ]);
  const [comment, publish, ...others] = steps.filter((step) => step.condition !== undefined);
  expect(others).toEqual([]);
  expect([comment?.bash, publish?.publish]).toEqual([expect.any(String), folder]);
  expectComment(comment?.condition);
  expect(conditionMet(comment?.condition, { ...PULL, succeeded: false })).toBe(false);
  expect([PULL, MERGE].map((facts) => conditionMet(publish?.condition, facts))).toEqual([false, true]);
  expect(conditionMet(publish?.condition, { ...MERGE, succeeded: false })).toBe(false);
}

function checkApply(job: Apply, stack: (typeof STACKS)[number]): void {
  const { deployment } = stack;
  const folder = `cdktf.out/stacks/${deployment}`;
  const steps = [
    { checkout: 'none' },
    { download: 'none' },
    download(`plan-${deployment}`, folder),
    INSTALLER,
    terraform(stack, `privatelink-router-${deployment}`, [
      `terraform -chdir=${folder} init -input=false`,
      `terraform -chdir=${folder} apply -input=false tfplan`,
    ]),
  ];
  const given = job.strategy.runOnce.deploy.steps.map(({ displayName: _, ...step }) => step);
  const { displayName: _, strategy, ...rest } = job;
  // An endpoint of Databricks may take thirty minutes to come. The environment has approvals and an exclusive lock.
  expect(rest).toEqual({
    deployment: `Apply_${deployment.replaceAll('-', '_')}`,
    timeoutInMinutes: '120',
    environment: `privatelink-router-${deployment}`,
  });
  expect({ strategy, given }).toEqual({
    strategy: { runOnce: { deploy: { steps: expect.any(Array) } } },
    given: steps,
  });
}

/** Expects every setting that only the agents of Azure Pipelines interpret. */
function check(document: unknown): void {
  const { stages, ...rest } = document as Document;
  const filter = {
    branches: { include: ['trunk/live'] },
    paths: { include: [...LARGE_WATCHED, 'azure-pipelines.yml', COMMENT] },
  };
  // Merges that come while one is applied are applied together, one run after the other.
  expect(rest).toEqual({
    trigger: { batch: 'true', ...filter },
    pr: filter,
    pool: { vmImage: 'ubuntu-latest' },
    lockBehavior: 'sequential',
  });
  const [{ jobs: planJobs, ...plan }, { jobs: applyJobs, condition, ...apply }, ...others] = stages;
  expect(others).toEqual([]);
  expect([plan, apply]).toEqual([{ stage: 'Plan' }, { stage: 'Apply', dependsOn: 'Plan' }]);
  expect([MERGE, BRANCH, PULL].map((facts) => conditionMet(condition, facts))).toEqual([true, false, false]);
  expect(conditionMet(condition, { ...MERGE, succeeded: false })).toBe(false);
  const [ports, ...plans] = planJobs;
  checkPorts(ports as Job);
  expect([plans.length, applyJobs.length]).toEqual([STACKS.length, STACKS.length]);
  for (const [index, stack] of STACKS.entries()) {
    checkPlan(plans[index] as Job, stack);
    checkApply(applyJobs[index] as Apply, stack);
  }
}

describe('the settings of the pipeline', () => {
  it('are what an agent needs, and each is looked at', () => {
    // Names are for people; the scripts of the first job are run by azure-scripts.test.ts.
    const ports = ['stages', 0, 'jobs', 0, 'steps'].join();
    const exempt = (path: readonly (string | number)[]) =>
      path.at(-1) === 'displayName' || (path.at(-1) === 'bash' && path.join().startsWith(ports));
    expect(unnoticed(check, parse(text), exempt)).toEqual([]);
  });
});
