import fc from 'fast-check';
import { expect, it } from 'vitest';
import { text } from '../stacks/support/nasty-text';
import { azureListener, azureRouter, azureShard } from './support/azure-plans';
import { listener, router, shard } from './support/plans';
import { at, terraformOf } from './support/synthesized';
import { evaluated } from './support/template';

const SAMPLES = fc.sample(fc.tuple(text, text), { numRuns: 300 });

it('writes owners, descriptions and tags as texts that evaluate to themselves, whatever they are', () => {
  const listeners = SAMPLES.map(([one, other], i) =>
    listener(`t${i}`, 10000 + i, { owner: one, description: other, tags: { [`k-${other}`]: one } }),
  );
  const tree = terraformOf(router([shard(1, listeners)]));
  SAMPLES.forEach(([one, other], i) => {
    const tags = Object.entries(at<Record<string, string>>(tree, 'locals', 's1_targets', `t${i}`, 'tags'));
    expect(Object.fromEntries(tags.map(([key, value]) => [evaluated(key), evaluated(value)]))).toEqual({
      [`k-${other}`]: one,
      'privatelink-router:owner': one,
    });
    expect(evaluated(at(tree, 'locals', 'connections', `t${i}`, 'owner'))).toBe(one);
    expect(evaluated(at(tree, 'locals', 'connections', `t${i}`, 'description'))).toBe(other);
  });
});

it('shows owner and description on Azure in the connections, and nothing of it on the machines', () => {
  const listeners = SAMPLES.map(([one], i) => azureListener(`t${i}`, 10000 + i, { owner: one, description: one }));
  const plain = SAMPLES.map((_, i) => azureListener(`t${i}`, 10000 + i));
  const [tree, before] = [listeners, plain].map((all) => terraformOf(azureRouter([azureShard(1, all)])));
  if (tree === undefined || before === undefined) throw new Error('nothing is emitted');
  SAMPLES.forEach(([one], i) => {
    expect(evaluated(at(tree, 'locals', 'connections', `t${i}`, 'owner'))).toBe(one);
  });
  const { connections: _now, ...locals } = at<Record<string, unknown>>(tree, 'locals');
  const { connections: _then, ...same } = at<Record<string, unknown>>(before, 'locals');
  expect(locals).toEqual(same);
  expect(at(tree, 'resource')).toEqual(at(before, 'resource'));
});
