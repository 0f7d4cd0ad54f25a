import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type PipelineKind, pipelineFiles } from '../../src/pipelines';
import { unnoticed } from './support/mutations';
import { LARGE } from './support/samples';

const STACKS = LARGE.environments.flatMap((environment) =>
  environment.stacks.map((stack) => ({ ...stack, environment: environment.name, files: environment.files })),
);
const WAIT = { name: 'DATABRICKS_TF_ENABLED_PF_RESOURCES', value: 'databricks_mws_ncc_private_endpoint_rule' };

function text(kind: PipelineKind, path: string): string {
  return pipelineFiles(kind, LARGE).find((file) => file.path === path)?.text ?? '';
}

/** Lines of a file that are no comment. */
const lines = (content: string): readonly string[] =>
  content.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** The hooks themselves are run by executed.test.ts; their number and order is looked at here. */
const isScript = (path: readonly (string | number)[]) => path.at(-1) === 'run' || path.at(-1) === 'description';

describe('Atlantis', () => {
  it('plans a project where its files change, merges once all are applied, and nothing else', () => {
    const check = (document: unknown): void => {
      expect(document).toEqual({
        version: 3,
        automerge: true,
        projects: STACKS.map(({ deployment, environment, files }) => ({
          name: deployment,
          dir: `atlantis.out/stacks/${deployment}`,
          workflow: `privatelink-router-${environment}`,
          autoplan: {
            enabled: true,
            when_modified: [...files, 'package.json', 'package-lock.json'].map((file) => `../../../${file}`),
          },
        })),
      });
    };
    expect(unnoticed(check, parse(text('atlantis', 'atlantis.yaml')), () => false)).toEqual([]);
  });

  it('lets the server alone say what is run, and applies only what is approved, mergeable and up to date', () => {
    const check = (document: unknown): void => {
      const hook = { run: expect.stringMatching(/^[^\n]+$/), description: expect.any(String), commands: 'plan' };
      const env = { env: WAIT };
      const stage = {
        // Our plan before init: where the lock is stale nothing is downloaded.
        plan: { steps: [env, { run: expect.stringMatching(/^cd .* plan .*--frozen/) }, 'init', 'plan'] },
        apply: { steps: [env, 'apply'] },
      };
      const names = ['privatelink-router-dev', 'privatelink-router-prod'];
      // No allow_custom_workflows, and no requirement that a repository could take away.
      expect(document).toEqual({
        repos: [
          {
            id: 'github.com/your-organisation/your-repository',
            apply_requirements: ['approved', 'mergeable', 'undiverged'],
            allowed_overrides: ['workflow'],
            allowed_workflows: names,
            pre_workflow_hooks: [hook, hook, hook, hook, hook],
          },
        ],
        workflows: Object.fromEntries(names.map((name) => [name, stage])),
      });
    };
    expect(unnoticed(check, parse(text('atlantis', 'atlantis/repos.yaml')), isScript)).toEqual([]);
  });

  it('runs its hooks in the one order that works', () => {
    const { repos } = parse(text('atlantis', 'atlantis/repos.yaml')) as {
      repos: readonly { readonly pre_workflow_hooks: readonly { readonly run: string }[] }[];
    };
    const runs = repos[0]?.pre_workflow_hooks.map(({ run }) => run) ?? [];
    expect(runs.map((run) => /git fetch|npm ci|synth .*--env \w+|grep/.exec(run)?.[0])).toEqual([
      'git fetch',
      'npm ci',
      'synth network/inventory.yaml --env dev',
      'synth network/inventory.yaml --env prod',
      'grep',
    ]);
  });

  it('sees generated files, and stops where a hook fails', () => {
    expect(lines(text('atlantis', 'atlantis/server.env'))).toEqual([
      'ATLANTIS_INCLUDE_GIT_UNTRACKED_FILES=true',
      'ATLANTIS_AUTOPLAN_FILE_LIST=**/cdk.tf.json,**/*.tf,**/*.tfvars,**/*.tfvars.json',
      'ATLANTIS_CHECKOUT_STRATEGY=merge',
      'ATLANTIS_FAIL_ON_PRE_WORKFLOW_HOOK_ERROR=true',
      'ATLANTIS_REPO_CONFIG=/etc/atlantis/repos.yaml',
    ]);
  });
});

describe('Spacelift', () => {
  it('gives each stack its hooks and its identity, without a secret', () => {
    const check = (document: unknown): void => {
      const token = '/mnt/workspace/spacelift.oidc';
      const stacks = STACKS.map(({ router, deployment, environment, cloud }) => {
        const azure = cloud === 'azure' ? { ARM_USE_OIDC: 'true', ARM_OIDC_TOKEN_FILE_PATH: token } : {};
        const ours = `network/inventory.yaml --env ${environment} --frozen`;
        const plan = `npx --no-install privatelink-router plan ${ours} --router ${router}`;
        const base = 'refs/privatelink-router/base';
        const config = {
          before_init: [
            'npm ci --ignore-scripts --prefer-offline --no-audit --no-fund',
            `if git fetch --quiet --depth=1 origin "+refs/heads/$TF_VAR_spacelift_stack_branch:${base}" 2>/dev/null; then ${plan} --against ${base}; else ${plan}; fi`,
            `npx --no-install privatelink-router synth ${ours} --no-backend`,
            `cp -R cdktf.out/stacks/${deployment}/. .`,
            'rm -rf node_modules cdktf.out',
          ],
          environment: {
            [WAIT.name]: WAIT.value,
            DATABRICKS_AUTH_TYPE: 'file-oidc',
            DATABRICKS_OIDC_TOKEN_FILEPATH: token,
            ...azure,
          },
        };
        return [deployment, config] as const;
      });
      expect(document).toEqual({ version: '1', stacks: Object.fromEntries(stacks) });
    };
    expect(unnoticed(check, parse(text('spacelift', '.spacelift/config.yml')), () => false)).toEqual([]);
  });

  it('builds an image that runs as its own user, with packages but without their scripts', () => {
    expect(lines(text('spacelift', '.spacelift/Dockerfile'))).toEqual([
      'ARG RUNNER',
      'FROM ${RUNNER}',
      'USER root',
      'RUN apk add --no-cache nodejs npm git',
      'USER spacelift',
      'COPY --chown=spacelift package.json package-lock.json /tmp/packages/',
      'RUN cd /tmp/packages && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund && cd / && rm -rf /tmp/packages',
    ]);
  });

  it('comments once for each stack, on runs of a pull request that have ended, failed ones too', () => {
    const policy = lines(text('spacelift', '.spacelift/pull-request.rego')).map((line) => line.trim());
    expect(policy).toEqual(
      expect.arrayContaining([
        'package spacelift',
        '"commit": run.commit.hash,',
        '"deduplication_key": deduplication_key,',
        'run.type == "PROPOSED"',
        'run.state in {"FINISHED", "FAILED"}',
        'deduplication_key := stack.id',
      ]),
    );
    const body = policy.find((line) => line.startsWith('body := ')) ?? '';
    // A fence that no line of a log ends by chance, around each of the two logs.
    expect(body).toContain('%s\\nspacelift::logs::initializing\\n%s\\n\\n%s\\nspacelift::logs::planning\\n%s\\n');
    expect(policy).toContain('stack.id, "``````diff", "``````", "``````", "``````",');
  });
});
