import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pipelineFiles } from '../../src/pipelines';
import { fieldValue, interpolate } from './support/expression';

const [workflow] = pipelineFiles('github-actions', {
  file: 'privatelink-router.yaml',
  branch: 'main',
  environments: [{ files: [], stacks: [] }],
});
const { jobs } = parse(workflow?.text ?? '') as {
  jobs: Record<'synth' | 'plan' | 'apply', { if: string; steps: { name?: string; if?: string }[] }>;
};

/** What GitHub knows of an event, after a job that found these stacks. */
function scope(
  event: 'pull_request' | 'push' | 'workflow_dispatch',
  more: { from?: string; ref?: string; stacks?: string; actor?: string } = {},
) {
  const head = { repo: { full_name: more.from ?? 'acme/network' } };
  return {
    github: {
      event_name: event,
      repository: 'acme/network',
      actor: more.actor ?? 'ada',
      ref: more.ref ?? 'refs/heads/main',
      event: event === 'pull_request' ? { pull_request: { head } } : {},
    },
    needs: { synth: { outputs: { stacks: more.stacks ?? '[{}]' } } },
    cancelled: () => false,
  };
}

describe("the workflow's conditions", () => {
  it('plan a pull request of the repository itself, and every push; never a fork, never nothing', () => {
    expect(fieldValue(jobs.plan.if, scope('pull_request'))).toBe(true);
    expect(fieldValue(jobs.plan.if, scope('push'))).toBe(true);
    expect(fieldValue(jobs.plan.if, scope('pull_request', { from: 'mallory/network' }))).toBe(false);
    expect(fieldValue(jobs.plan.if, scope('push', { stacks: '[]' }))).toBe(false);
  });

  it('treat a pull request of Dependabot like one of a fork, until a person pushes to it or merges it', () => {
    const comment = jobs.synth.steps.find(({ name }) => name === 'Comment')?.if ?? '';
    for (const [actor, allowed] of [
      ['dependabot[bot]', false],
      ['ada', true],
      ['renovate[bot]', true],
    ] as const) {
      expect(fieldValue(jobs.plan.if, scope('pull_request', { actor }))).toBe(allowed);
      expect(fieldValue(comment, scope('pull_request', { actor }))).toBe(allowed);
      expect(fieldValue(jobs.plan.if, scope('push', { actor }))).toBe(true);
      expect(fieldValue(jobs.apply.if, scope('push', { actor }))).toBe(true);
    }
  });

  it('apply what was pushed to the branch, and nothing else', () => {
    expect(fieldValue(jobs.apply.if, scope('push'))).toBe(true);
    expect(fieldValue(jobs.apply.if, scope('workflow_dispatch'))).toBe(true);
    expect(fieldValue(jobs.apply.if, scope('pull_request'))).toBe(false);
    expect(fieldValue(jobs.apply.if, scope('push', { ref: 'refs/heads/change' }))).toBe(false);
  });

  it('comment where somebody reads it and the token may', () => {
    const comment = jobs.synth.steps.find(({ name }) => name === 'Comment')?.if ?? '';
    expect(fieldValue(comment, scope('pull_request'))).toBe(true);
    expect(fieldValue(comment, scope('pull_request', { from: 'mallory/network' }))).toBe(false);
    expect(fieldValue(comment, scope('push'))).toBe(false);
  });
});

it('reads expressions as GitHub does: what is missing is empty, texts stay as they are', () => {
  const known = { matrix: { deployment: 'a-prod' }, steps: { packages: { outputs: { 'cache-hit': 'true' } } } };
  expect(interpolate('x/${{ matrix.deployment }}-plan', known)).toBe('x/a-prod-plan');
  expect(interpolate('[${{ matrix.nothing.at.all }}]', known)).toBe('[]');
  expect(fieldValue("${{ steps.packages.outputs.cache-hit != 'true' }}", known)).toBe(false);
  expect(fieldValue("${{ 'a.b' == 'a.b' && 'it''s' }}", known)).toBe("it's");
});
