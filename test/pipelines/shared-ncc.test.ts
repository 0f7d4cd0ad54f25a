import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type PipelineKind, pipelineFiles } from '../../src/pipelines';
import { conditionMet } from './support/azure-condition';
import { fieldValue } from './support/expression';
import { PLAIN, SHARING } from './support/samples';

function text(kind: PipelineKind, path: string): string {
  return pipelineFiles(kind, SHARING).find((file) => file.path === path)?.text ?? '';
}

interface Job {
  readonly needs: string | readonly string[];
  readonly if: string;
  readonly strategy: { readonly matrix: { readonly include: string } };
  readonly steps: readonly { readonly id?: string; readonly run?: string }[];
}

describe('GitHub Actions, where a router uses the NCC of another one', () => {
  const { jobs } = parse(text('github-actions', '.github/workflows/privatelink-router.yml')) as {
    jobs: Record<string, Job>;
  };

  function plans(
    event: 'push' | 'pull_request',
    results: { readonly synth?: string; readonly apply?: string },
    more: { readonly from?: string; readonly sharing?: string } = {},
  ): unknown {
    const pull = { pull_request: { head: { repo: { full_name: more.from ?? 'acme/network' } } } };
    return fieldValue(jobs['plan-sharing']?.if, {
      github: {
        event_name: event,
        repository: 'acme/network',
        actor: 'ada',
        event: event === 'push' ? {} : pull,
      },
      needs: {
        synth: { result: results.synth ?? 'success', outputs: { sharing: more.sharing ?? '[{}]' } },
        apply: { result: results.apply ?? 'skipped' },
      },
      cancelled: () => false,
    });
  }

  it('plans it once the other one is applied, and then applies it', () => {
    expect(Object.keys(jobs)).toEqual(['synth', 'plan', 'apply', 'plan-sharing', 'apply-sharing']);
    expect(Object.values(jobs).map(({ needs }) => needs)).toEqual([
      undefined,
      'synth',
      ['synth', 'plan'],
      ['synth', 'apply'],
      ['synth', 'plan-sharing'],
    ]);
    const matrix = (name: string): unknown => jobs[name]?.strategy.matrix.include;
    expect(['plan', 'apply'].map(matrix)).toEqual(Array(2).fill('${{ fromJSON(needs.synth.outputs.stacks) }}'));
    const sharing = ['plan-sharing', 'apply-sharing'].map(matrix);
    expect(sharing).toEqual(Array(2).fill('${{ fromJSON(needs.synth.outputs.sharing) }}'));
    expect(jobs['apply-sharing']?.if).toBe(jobs.apply?.if);
    expect(jobs['plan-sharing']?.steps).toEqual(jobs.plan?.steps);
    expect(jobs['apply-sharing']?.steps.slice(1)).toEqual(jobs.apply?.steps.slice(1));
  });

  it('plans it after a merge that was applied, and on every pull request of the repository itself', () => {
    expect(plans('push', { apply: 'success' })).toBe(true);
    for (const apply of ['failure', 'skipped', 'cancelled']) expect(plans('push', { apply })).toBe(false);
    expect(plans('pull_request', {})).toBe(true);
    expect(plans('pull_request', { synth: 'failure' })).toBe(false);
    expect(plans('pull_request', {}, { from: 'mallory/network' })).toBe(false);
    expect(plans('push', { apply: 'success' }, { sharing: '[]' })).toBe(false);
  });

  it('tells the two kinds of routers apart by what synth says of them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plr-sharing-'));
    try {
      const stacks = [
        { router: 'billing', deployment: 'billing', nccRouter: 'orders' },
        { router: 'orders', deployment: 'orders' },
      ];
      mkdirSync(join(folder, 'cdktf.out'));
      writeFileSync(join(folder, 'cdktf.out/stacks.json'), JSON.stringify({ stacks }));
      const script = jobs.synth?.steps.find(({ id }) => id === 'synth')?.run ?? '';
      const lines = script.split('\n').filter((line) => !line.startsWith('npx '));
      const env = { ...process.env, GITHUB_OUTPUT: join(folder, 'output') };
      const { status, stderr } = spawnSync('bash', ['-e', '-c', lines.join('\n')], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
      const outputs = readFileSync(join(folder, 'output'), 'utf8').trim().split('\n').sort();
      expect(outputs).toEqual([
        'sharing=[{"router":"billing","deployment":"billing","nccRouter":"orders"}]',
        'stacks=[{"router":"orders","deployment":"orders"}]',
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('Azure DevOps, where a router uses the NCC of another one', () => {
  const { stages } = parse(text('azure-devops', 'azure-pipelines.yml')) as {
    stages: {
      stage: string;
      dependsOn?: string | string[];
      condition?: string;
      jobs: { job?: string; deployment?: string; dependsOn?: string }[];
    }[];
  };
  const variables = (reason: string, branch = 'refs/heads/main') => ({
    'Build.Reason': reason,
    'Build.SourceBranch': branch,
  });

  it('plans it once the other one is applied, and then applies it', () => {
    expect(
      stages.map(({ stage, dependsOn, jobs }) => [stage, dependsOn, jobs.map((one) => one.job ?? one.deployment)]),
    ).toEqual([
      ['Plan', undefined, ['Ports', 'Plan_orders']],
      ['Apply', 'Plan', ['Apply_orders']],
      ['PlanSharing', ['Plan', 'Apply'], ['Plan_billing']],
      ['ApplySharing', 'PlanSharing', ['Apply_billing']],
    ]);
    // A job can only wait for jobs of its own stage.
    expect(stages[2]?.jobs[0]?.dependsOn).toBeUndefined();
    expect(stages[3]?.condition).toBe(stages[1]?.condition);
  });

  it('plans it after a merge that was applied, and where nothing is applied', () => {
    const plans = (Plan: 'Succeeded' | 'Failed', Apply: 'Succeeded' | 'Failed' | 'Skipped'): boolean =>
      conditionMet(stages[2]?.condition, { variables: variables('IndividualCI'), stages: { Plan, Apply } });
    expect(plans('Succeeded', 'Succeeded')).toBe(true);
    expect(plans('Succeeded', 'Skipped')).toBe(true);
    expect(plans('Succeeded', 'Failed')).toBe(false);
    expect(plans('Failed', 'Skipped')).toBe(false);
    const applies = (reason: string, branch?: string): boolean =>
      conditionMet(stages[3]?.condition, { variables: variables(reason, branch) });
    expect(applies('IndividualCI')).toBe(true);
    expect(applies('PullRequest')).toBe(false);
    expect(applies('IndividualCI', 'refs/heads/change')).toBe(false);
  });
});

describe('Atlantis and Spacelift, where a router uses the NCC of another one', () => {
  it('plan and apply it after the other one', () => {
    const { projects } = parse(text('atlantis', 'atlantis.yaml')) as {
      projects: { name: string; execution_order_group?: number }[];
    };
    const groups = projects.map(({ name, execution_order_group: group = 0 }) => [name, group]);
    expect(groups).toEqual([
      ['billing', 1],
      ['orders', 0],
    ]);
    expect(text('atlantis', 'atlantis/README.md')).toContain('`atlantis plan -p billing`');
    expect(text('spacelift', '.spacelift/README.md')).toContain('`billing` depends on `orders`');
  });

  it('say nothing of it where no router does', () => {
    for (const kind of ['atlantis', 'spacelift'] as const) {
      for (const file of pipelineFiles(kind, PLAIN)) {
        expect(file.text, file.path).not.toMatch(/execution_order_group|depend(?:s on|encies)|NCC/);
      }
    }
  });
});
