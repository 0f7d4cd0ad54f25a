import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PIPELINES, type Pipeline, type PipelineFile, packageFiles, pipelineFiles } from '../../src/pipelines';
import { ENGINE_WAIT, engineReady, enginesLacking } from '../support/engines';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { LARGE, PLAIN, SHARING } from './support/samples';
import { schemaFaults } from './support/schema-checker';
import { ATLANTIS_REPO, ATLANTIS_SERVER, SPACELIFT } from './support/shapes';

const PIPELINES_OF = { PLAIN, LARGE, SHARING } as const;
const scratch = mkdtempSync(join(tmpdir(), 'plr-pipelines-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function text(files: readonly PipelineFile[], path: string): string {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`there is no ${path}`);
  return found.text;
}

/** Writes the files into a folder of their own. */
function written(files: readonly PipelineFile[]): string {
  const folder = mkdtempSync(join(scratch, 'files-'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file.path)), { recursive: true });
    writeFileSync(join(folder, file.path), file.text);
  }
  return folder;
}

describe.each(PIPELINES)('the files for %s', (kind) => {
  const both = Object.values(PIPELINES_OF).flatMap((pipeline) => pipelineFiles(kind, pipeline));

  it('are the same bytes for the same inventory, each with its path once', () => {
    expect(pipelineFiles(kind, LARGE)).toEqual(pipelineFiles(kind, LARGE));
    const paths = pipelineFiles(kind, LARGE).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('hold no secret and no place for one, and say who wrote them', () => {
    for (const file of both) {
      expect(file.text, file.path).not.toMatch(/secrets\.[A-Z_]|_SECRET|PASSWORD|client[-_]secret/);
      expect(file.text, file.path).toMatch(/init --pipeline/);
      expect(file.text, file.path).toMatch(/[^\n]\n$/);
    }
  });

  it('run the installed program, frozen, and wait for endpoints', () => {
    const all = both.map((file) => file.text).join('\n');
    const calls = [...all.matchAll(/npx [^\n;|>]*/g)].map(([call]) => call);
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) {
      expect(call).toMatch(/^npx --no-install privatelink-router (plan|synth) /);
      expect(call).toContain('--frozen');
    }
    expect(all).toMatch(/DATABRICKS_TF_ENABLED_PF_RESOURCES\W+(value: )?databricks_mws_ncc_private_endpoint_rule/);
    expect(all).toContain('npm ci --ignore-scripts');
  });

  it('name every stack and environment, and the inventory where it has another name', () => {
    const all = pipelineFiles(kind, LARGE)
      .map((file) => file.text)
      .join('\n');
    for (const call of all.match(/privatelink-router (plan|synth) [^\n;]*/g) ?? []) {
      expect(call).toMatch(/ network\/inventory\.yaml --env (dev|prod) --frozen/);
    }
    // GitHub's matrix is what synth says at the time.
    const named = kind === 'github-actions' ? [] : LARGE.environments.flatMap(({ stacks }) => stacks);
    for (const { deployment } of named) expect(all).toContain(deployment);
    if (kind !== 'spacelift') expect(all).toContain('network/inventory.prod.lock.json');
  });
});

describe('Atlantis', () => {
  it.each(Object.entries(PIPELINES_OF))('has the keys that it documents: %s', (_, pipeline) => {
    const files = pipelineFiles('atlantis', pipeline);
    const repo = ATLANTIS_REPO.parse(parse(text(files, 'atlantis.yaml')));
    const server = ATLANTIS_SERVER.parse(parse(text(files, 'atlantis/repos.yaml')));
    const stacks = pipeline.environments.flatMap((environment) => environment.stacks);
    expect(repo.projects.map(({ name }) => name)).toEqual(stacks.map(({ deployment }) => deployment));
    for (const { name, dir, workflow, autoplan } of repo.projects) {
      expect(dir).toBe(`atlantis.out/stacks/${name}`);
      expect(Object.keys(server.workflows)).toContain(workflow);
      expect(server.repos[0]?.allowed_workflows).toContain(workflow);
      expect(autoplan?.when_modified.map((pattern) => join(dir, pattern))).toContain(pipeline.file);
    }
  });

  it('belongs to one repository: the remote, or one that the user fills in', () => {
    expect(text(pipelineFiles('atlantis', PLAIN), 'atlantis/repos.yaml')).toContain('- id: github.com/acme/network\n');
    expect(text(pipelineFiles('atlantis', LARGE), 'atlantis/repos.yaml')).toMatch(
      /- id: github.com\/your-.* # yours\n/,
    );
  });

  it('writes where git does not ignore it', () => {
    const ignored = packageFiles('1.2.3').find(({ path }) => path === '.gitignore')?.text ?? '';
    expect(ignored.split('\n')).toContain('cdktf.out/');
    expect(ignored).not.toContain('atlantis.out');
  });
});

describe('Spacelift', () => {
  it.each(Object.entries(PIPELINES_OF))('has the keys that it documents: %s', (_, pipeline) => {
    const { stacks } = SPACELIFT.parse(parse(text(pipelineFiles('spacelift', pipeline), '.spacelift/config.yml')));
    const expected = pipeline.environments.flatMap((environment) => environment.stacks);
    expect(Object.keys(stacks)).toEqual(expected.map(({ deployment }) => deployment));
    for (const { deployment, cloud } of expected) {
      const stack = stacks[deployment];
      expect(stack?.before_init).toContain(`cp -R cdktf.out/stacks/${deployment}/. .`);
      expect(stack?.before_init?.some((hook) => / synth .*--no-backend$/.test(hook))).toBe(true);
      expect(stack?.environment?.ARM_USE_OIDC).toBe(cloud === 'azure' ? 'true' : undefined);
    }
  });
});

describe('GitHub Actions', () => {
  const workflow = (pipeline: Pipeline) =>
    text(pipelineFiles('github-actions', pipeline), '.github/workflows/privatelink-router.yml');

  it('gives each job no more than it needs, and scripts no text of others', () => {
    const { permissions, jobs } = parse(workflow(LARGE)) as {
      permissions: object;
      jobs: Record<string, { permissions: object; steps: { run?: string; uses?: string }[] }>;
    };
    expect(permissions).toEqual({});
    expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      synth: { contents: 'read', 'pull-requests': 'write' },
      plan: { contents: 'read', 'id-token': 'write', 'pull-requests': 'write' },
      apply: { contents: 'read', 'id-token': 'write' },
    });
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const { run, uses } of steps) {
      expect(run ?? '').not.toContain('${{');
      expect(uses ?? 'actions/x@v1').toMatch(/^(actions|hashicorp|aws-actions)\/[a-z-]+@v\d+$/);
    }
  });

  it('applies the branch that others start from', () => {
    expect(workflow(LARGE)).toContain("github.ref == 'refs/heads/trunk/live'");
    expect(workflow(LARGE)).toContain('branches: [trunk/live]');
  });

  describeUnless(enginesLacking(['actionlint']), 'judged by its linter', () => {
    let actionlint = '';
    beforeAll(async () => {
      actionlint = await engineReady('actionlint');
    }, ENGINE_WAIT);

    function faults(yaml: string): string {
      const folder = mkdtempSync(join(scratch, 'lint-'));
      writeFileSync(join(folder, 'workflow.yml'), yaml);
      return spawnSync(actionlint, ['-no-color', '-oneline', join(folder, 'workflow.yml')], { encoding: 'utf8' })
        .stdout;
    }

    it.each(Object.entries(PIPELINES_OF))('has no fault: %s', (_, pipeline) => {
      expect(faults(workflow(pipeline))).toBe('');
    });

    it('would have faults', () => {
      expect(faults(workflow(PLAIN).replace('needs.synth.outputs.stacks', 'needs.synth.outputs.stack'))).toContain(
        'stack',
      );
      expect(faults(workflow(PLAIN).replace('id-token: write', 'id-tokens: write'))).toContain('id-tokens');
    });
  });
});

describe('Azure DevOps', () => {
  const pipelineText = (pipeline: Pipeline) => text(pipelineFiles('azure-devops', pipeline), 'azure-pipelines.yml');

  it('plans and applies every stack in jobs of its own, as its own service connection', () => {
    const { stages } = parse(pipelineText(LARGE)) as {
      stages: { stage: string; jobs: { job?: string; deployment?: string; environment?: string }[] }[];
    };
    const [plan, apply] = stages;
    expect(plan?.jobs.map(({ job }) => job)).toEqual([
      'Ports',
      'Plan_analytics_dev',
      'Plan_erp_dev',
      'Plan_analytics_prod',
      'Plan_erp_prod',
    ]);
    expect(apply?.jobs.map(({ environment }) => environment)).toEqual([
      'privatelink-router-analytics-dev',
      'privatelink-router-erp-dev',
      'privatelink-router-analytics-prod',
      'privatelink-router-erp-prod',
    ]);
    const used = pipelineText(PLAIN).match(/awsCredentials: .*/g);
    expect(used).toEqual([
      'awsCredentials: privatelink-router-analytics-plan',
      'awsCredentials: privatelink-router-analytics',
    ]);
  });

  it('stops at a router that it has no jobs for', () => {
    const { stages } = parse(pipelineText(LARGE)) as { stages: { jobs: { steps: { bash?: string }[] }[] }[] };
    const script = stages[0]?.jobs[0]?.steps.find(({ bash }) => bash?.includes('has no jobs'))?.bash ?? '';
    const guard = script.split('\n').filter((line) => !line.startsWith('npx '));
    const folder = mkdtempSync(join(scratch, 'guard-'));
    const run = () => spawnSync('bash', ['-c', guard.join('\n')], { cwd: folder, encoding: 'utf8' });
    for (const name of ['analytics-dev', 'erp-prod'])
      mkdirSync(join(folder, 'cdktf.out/stacks', name), { recursive: true });
    expect(run().status).toBe(0);
    mkdirSync(join(folder, 'cdktf.out/stacks/new-prod'));
    expect(run()).toMatchObject({ status: 1, stderr: 'azure-pipelines.yml has no jobs for new-prod\n' });
  });
});

describeUnless(lacking(['check-jsonschema']), 'published schemas', () => {
  /** Azure's schema knows the tasks that every organisation has; these two come from its marketplace. */
  function withoutMarketplace(pipeline: string): string {
    const document = parse(pipeline) as {
      stages: { jobs: { steps?: unknown[]; strategy?: { runOnce: { deploy: { steps: unknown[] } } } }[] }[];
    };
    for (const job of document.stages.flatMap(({ jobs }) => jobs)) {
      const steps = job.steps ?? job.strategy?.runOnce.deploy.steps ?? [];
      for (const [index, step] of steps.entries()) {
        const { task } = step as { task?: string };
        if (task === 'AWSShellScript@1' || task === 'TerraformInstaller@1') steps[index] = { bash: 'true' };
      }
    }
    return JSON.stringify(document);
  }

  function faultsOf(schema: string, name: string, content: string): string {
    const folder = mkdtempSync(join(scratch, 'schema-'));
    writeFileSync(join(folder, name), content);
    return schemaFaults(schema, join(folder, name));
  }

  it.each(Object.entries(PIPELINES_OF))('are kept: %s', (_, pipeline) => {
    const github = written(pipelineFiles('github-actions', pipeline));
    const workflow = readFileSync(join(github, '.github/workflows/privatelink-router.yml'), 'utf8');
    expect(faultsOf('github-workflows', 'workflow.yml', workflow)).toBe('');
    const azure = text(pipelineFiles('azure-devops', pipeline), 'azure-pipelines.yml');
    expect(faultsOf('azure-pipelines', 'azure-pipelines.json', withoutMarketplace(azure))).toBe('');
  });

  it('would not be', () => {
    const azure = text(pipelineFiles('azure-devops', PLAIN), 'azure-pipelines.yml');
    const wrong = withoutMarketplace(azure.replace('cacheHitVar', 'cacheHitVariable'));
    expect(faultsOf('azure-pipelines', 'azure-pipelines.json', wrong)).not.toBe('');
  });
});
