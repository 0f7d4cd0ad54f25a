import { describe, expect, it } from 'vitest';
import { backendsOf, type PlannedAwsBackend, type RoutingPlan } from '../../src/model';
import { planRouting } from '../../src/planner';
import { accept, awsShards, codes, inventory, NOTHING, places, router, target } from './support';

function backendOf(plan: RoutingPlan, name: string): PlannedAwsBackend | undefined {
  return awsShards({ plan })
    .flatMap(backendsOf)
    .find((one) => one.target === name);
}

const first = accept(router({ targets: [target('a'), target('b')] }));
const same = { host: 'a.corp.example', domains: ['a.corp.example'] } as const;

describe('a rename', () => {
  const renamed = router({ targets: [target('z', { ...same, renamedFrom: 'a' }), target('b')] });
  const second = accept(renamed, first.lock);

  it('keeps port, shard and the names of resources, and tells Terraform of the old name', () => {
    expect(places(second.lock)).toEqual({ z: 's1:10000', b: 's1:10001' });
    expect(second.lock.routers.analytics?.retired).toEqual([]);
    expect(backendOf(second.plan, 'z')).toMatchObject({
      renamedFrom: 'a',
      targetGroupName: backendOf(first.plan, 'a')?.targetGroupName,
    });
    expect(backendOf(second.plan, 'b')?.renamedFrom).toBeUndefined();
  });

  it('stays done, with the key and without it', () => {
    const third = accept(renamed, second.lock);
    expect(third).toEqual(second);
    const without = accept(router({ targets: [target('z', same), target('b')] }), second.lock);
    expect(without.lock).toEqual(second.lock);
    expect(backendOf(without.plan, 'z')?.renamedFrom).toBeUndefined();
  });

  it('without the key is a removal and an addition', () => {
    const { lock } = accept(router({ targets: [target('z', same), target('b')] }), first.lock);
    expect(places(lock)).toEqual({ z: 's1:10002', b: 's1:10001' });
    expect(lock.routers.analytics?.retired).toEqual([{ shard: 's1', listenerPort: 10000, target: 'a' }]);
  });

  it('back to the first name leaves no trace', () => {
    const back = accept(router({ targets: [target('a', { renamedFrom: 'z' }), target('b')] }), second.lock);
    expect(back.lock).toEqual(first.lock);
  });

  it('frees the old name for a new target, whose resources get names of their own', () => {
    const both = [target('z', { ...same, renamedFrom: 'a' }), target('b')];
    const next = accept(router({ targets: both }), first.lock);
    const { lock, plan } = accept(router({ targets: [target('z', same), target('b'), target('a')] }), next.lock);
    expect(places(lock)).toEqual({ z: 's1:10000', b: 's1:10001', a: 's1:10002' });
    expect(lock.routers.analytics?.targets.a?.bornAs).toBe('a-2');
    expect(backendOf(plan, 'a')?.targetGroupName).not.toBe(backendOf(plan, 'z')?.targetGroupName);
    const third = accept(router({ targets: [target('z', same), target('b'), target('a'), target('a-2')] }), lock);
    expect(third.lock.routers.analytics?.targets['a-2']?.bornAs).toBe('a-2-2');
  });
});

describe('a rename that cannot be', () => {
  it.each([
    ['of a target that is still there', [target('z', { renamedFrom: 'a' }), target('a'), target('b')], ['PLR2101']],
    ['of a target to itself', [target('a', { renamedFrom: 'a' }), target('b')], ['PLR2101']],
    [
      'of two targets that change names',
      [target('a', { renamedFrom: 'b' }), target('b', { renamedFrom: 'a' })],
      ['PLR2101', 'PLR2101'],
    ],
    [
      'that two targets claim',
      [target('y', { renamedFrom: 'a' }), target('z', { renamedFrom: 'a' }), target('b')],
      ['PLR2102'],
    ],
    ['of a name that nobody had', [target('a'), target('b'), target('z', { renamedFrom: 'y' })], ['PLR2103']],
    ['of a target that was there before', [target('b', { renamedFrom: 'a' })], ['PLR2103']],
  ])('%s', (_, targets, expected) => {
    expect(codes(router({ targets }), first.lock)).toEqual(expected);
  });

  it('of a target that was there before retires the old port, and is planned alike the next time', () => {
    const one = router({ targets: [target('b', { renamedFrom: 'a' })] });
    const second = accept(one, first.lock);
    expect(second.lock.routers.analytics?.retired).toEqual([{ shard: 's1', listenerPort: 10000, target: 'a' }]);
    const third = accept(one, second.lock);
    expect(third.lock).toEqual(second.lock);
    expect(third.plan).toEqual(second.plan);
  });

  it('in a router that the lock does not know says nothing, and is planned alike the next time', () => {
    const one = router({ targets: [target('z', { renamedFrom: 'a' })] });
    expect(codes(one)).toEqual([]);
    const second = accept(one);
    expect(accept(one, second.lock).plan).toEqual(second.plan);
  });

  it('names the rival, and decides nothing else of the target', () => {
    const targets = [
      target('y', { renamedFrom: 'a' }),
      target('z', { renamedFrom: 'a', listenPort: 10001 }),
      target('b'),
    ];
    const { findings } = planRouting({ inventory: inventory([router({ targets })]), lock: first.lock });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ path: ['routers', 'analytics', 'targets', 'z', 'renamedFrom'] });
    expect(findings[0]?.message).toContain('which y claims already');
  });

  it('to a name such as constructor is an ordinary one', () => {
    const { lock } = accept(router({ targets: [target('constructor')] }), NOTHING);
    expect(accept(router({ targets: [target('constructor')] }), lock).lock).toEqual(lock);
    expect(codes(router({ targets: [target('z', { renamedFrom: 'constructor' })] }), first.lock)).toEqual(['PLR2103']);
  });
});
