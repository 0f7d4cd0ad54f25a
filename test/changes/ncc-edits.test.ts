import { describe, expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import { awsRouter, routers } from '../corpus/neighbours/neighbour';
import { accepted, documentOf } from './deployment';

const ID = '11111111-2222-4333-8444-555555555555';
const OWNER = awsRouter('orders', 'name: shared-use2, workspaceIds: [11]', 'a: a.corp.example:1');

/** What is told of the router billing whose NCC is given another way, while the router orders stays. */
function told(before: string, after: string, second = OWNER): readonly string[] {
  const one = (ncc: string, owner: string) =>
    accepted(documentOf(routers(owner, awsRouter('billing', ncc, 'b: b.corp.example:1'))));
  return compareDeployments(one(before, OWNER), one(after, second)).map(
    ({ router, what, change, clients }) => `${router}: ${what} ${change}, ${clients}`,
  );
}

describe('an NCC that is given another way', () => {
  const replaced = 'billing: network connectivity configuration replaced, interrupted';

  it.each([
    ['id', `id: ${ID}`, 'router: orders'],
    ['name that exists', 'existing: by-hand', 'router: orders'],
    ['router', 'router: orders', `id: ${ID}`],
    ['id for a name that exists', `id: ${ID}`, 'existing: by-hand'],
  ])('is told as another one: from its %s', (_way, before, after) => {
    expect(told(before, after)).toEqual([replaced]);
  });

  it('is told with the workspaces that its router had', () => {
    expect(told('name: own-use2, workspaceIds: [12]', 'router: orders').toSorted()).toEqual([
      replaced,
      'billing: workspaces changed, nothing',
    ]);
  });

  it('is told at every router that shares it, where its name changes', () => {
    const renamed = OWNER.replace('shared-use2', 'other-use2');
    expect(told('router: orders', 'router: orders', renamed).toSorted()).toEqual([
      replaced,
      'orders: network connectivity configuration replaced, interrupted',
    ]);
  });

  it('is the same where only the router that makes it has another name', () => {
    const [from, to] = ['orders', 'sales'].map((router) => {
      const owner = awsRouter('orders', 'name: shared-use2, workspaceIds: [11]', 'a: a.corp.example:1');
      const { plan, ...rest } = accepted(
        documentOf(routers(owner, awsRouter('billing', 'router: orders', 'b: b.corp.example:1'))),
      );
      const moved = plan.routers.map((one) =>
        one.name === 'billing' ? { ...one, ncc: { existing: 'shared-use2', router, workspaceIds: [] } } : one,
      );
      return { ...rest, plan: { ...plan, routers: moved } };
    });
    if (from === undefined || to === undefined) throw new Error('no plans');
    expect(compareDeployments(from, to).map(({ what, clients }) => `${what}: ${clients}`)).toEqual([
      'router that makes the NCC: nothing',
    ]);
  });
});
