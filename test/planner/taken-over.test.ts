import { describe, expect, it } from 'vitest';
import { type AwsRouter, backendsOf, type Lock, type LockedRouter } from '../../src/model';
import { moveTargets } from '../../src/planner';
import { accept, awsShards, inventory, router, target, targets } from './support';

const [A = '', B = ''] = router().aws.subnetIds;
const TARGETS = targets('t', 3);
const TAKEN = { loadBalancerName: 'old-nlb', securityGroupName: 'old-nlb-ingress' };

function open(over: Partial<AwsRouter> = {}): AwsRouter {
  return router({ targets: TARGETS, deletionProtection: false, ...over });
}

/** A lock as `adopt` writes it: the planner's own, with the names that were found. */
function takenOver(): Lock {
  const { lock } = accept(open());
  const entry = lock.routers.analytics;
  if (entry === undefined) throw new Error('the lock has no such router');
  return {
    ...lock,
    routers: {
      analytics: {
        ...entry,
        shards: Object.fromEntries(Object.entries(entry.shards).map(([key, shard]) => [key, { ...shard, ...TAKEN }])),
        targets: Object.fromEntries(
          Object.entries(entry.targets).map(([name, one]) => [name, { ...one, targetGroupName: `old-${name}` }]),
        ),
      },
    },
  };
}

const LOCK = takenOver();
const OURS = awsShards(accept(open()))[0];

/** What one run makes of the lock that took names over, and the names in its plan. */
function run(one: AwsRouter, lock = LOCK) {
  const result = accept(one, lock);
  const [shard] = awsShards(result);
  const entry: LockedRouter | undefined = result.lock.routers.analytics;
  if (shard === undefined || entry === undefined) throw new Error('nothing was planned');
  const groups = Object.fromEntries(backendsOf(shard).map((one) => [one.target, one.targetGroupName]));
  return { lock: result.lock, entry, shard, groups };
}

describe('names that were taken over', () => {
  it('are the names of the plan, and stay in the lock as they are', () => {
    const { lock, shard, groups } = run(open());
    expect(shard).toMatchObject(TAKEN);
    expect(groups).toEqual({ 't-0': 'old-t-0', 't-1': 'old-t-1', 't-2': 'old-t-2' });
    expect(lock).toEqual(LOCK);
  });

  it('stay with another host, domain or listenPort, a subnet more, and beside a new target, which gets a name of ours', () => {
    const changed = TARGETS.map((one, index) =>
      index === 0
        ? {
            ...one,
            hosts: [{ name: 'x.example', literal: false }] as const,
            domains: ['y.example'] as const,
            listenPort: 12345,
          }
        : one,
    );
    const { shard, groups } = run(
      open({
        targets: [...changed, target('new')],
        aws: { ...router().aws, subnetIds: [A, B, 'subnet-0c1d2e3f405162738'] },
      }),
    );
    expect(shard).toMatchObject(TAKEN);
    expect(groups).toMatchObject({ 't-0': 'old-t-0', 't-1': 'old-t-1', 't-2': 'old-t-2' });
    expect(groups.new).toMatch(/^new-[0-9a-f]{8}$/);
  });

  it('go along with a rename, and with a target that was disabled for a while', () => {
    const renamed = run(
      open({ targets: TARGETS.map((t) => (t.name === 't-1' ? { ...t, name: 'z', renamedFrom: 't-1' } : t)) }),
    );
    expect(renamed.groups.z).toBe('old-t-1');
    const disabled = run(open({ targets: TARGETS.map((one) => ({ ...one, enabled: one.name !== 't-1' })) }));
    expect(Object.keys(disabled.groups)).toEqual(['t-0', 't-2']);
    expect(run(open(), disabled.lock).groups).toEqual(run(open()).groups);
  });

  it('go where another port replaces the group, for good', () => {
    const other = TARGETS.map((one) => (one.name === 't-1' ? { ...one, port: 6432 } : one));
    const after = run(open({ targets: other }));
    expect(after.groups['t-1']).toMatch(/^t-1-[0-9a-f]{8}$/);
    expect(after.groups['t-0']).toBe('old-t-0');
    const back = run(open(), after.lock);
    expect(back.groups['t-1']).toBe(
      OURS?.listeners.find(({ backends: [one] }) => one.target === 't-1')?.backends[0].targetGroupName,
    );
  });

  it('go with a subnet that goes, since the load balancer and its groups are replaced; the security group stays', () => {
    const after = run(open({ aws: { ...router().aws, subnetIds: [A] } }));
    expect(after.entry.shards.s1).toMatchObject({ generation: 1, securityGroupName: TAKEN.securityGroupName });
    expect(after.entry.shards.s1).not.toHaveProperty('loadBalancerName');
    expect(after.shard.loadBalancerName).toMatch(/^plr-analytics-1-[0-9a-f]{8}$/);
    expect(after.shard.securityGroupName).toBe(TAKEN.securityGroupName);
    expect(Object.values(after.groups).filter((name) => name.startsWith('old-'))).toEqual([]);
    expect(run(open({ aws: { ...router().aws, subnetIds: [A] } }), after.lock).lock).toEqual(after.lock);
  });

  it('go all together with another VPC', () => {
    const { entry, shard } = run(open({ aws: { ...router().aws, vpcId: 'vpc-0000000000000000a' } }));
    expect(entry.shards.s1).not.toHaveProperty('loadBalancerName');
    expect(entry.shards.s1).not.toHaveProperty('securityGroupName');
    expect(shard.securityGroupName).toMatch(/^plr-analytics-1-[0-9a-f]{8}$/);
    expect(Object.values(entry.targets).filter((one) => one.targetGroupName !== undefined)).toEqual([]);
  });

  it('stay behind where a target moves to another shard', () => {
    const one = open();
    const moved = moveTargets(LOCK, inventory([one]), 'analytics', ['t-1'], 's2');
    if (!('lock' in moved)) throw new Error(JSON.stringify(moved.findings));
    const { entry } = run(one, moved.lock);
    expect(entry.targets['t-1']).not.toHaveProperty('targetGroupName');
    expect(entry.targets['t-0']).toMatchObject({ targetGroupName: 'old-t-0' });
    expect(entry.shards.s1).toMatchObject(TAKEN);
    expect(entry.shards.s2).not.toHaveProperty('loadBalancerName');
  });

  it('leave with a target that is removed; one that takes its name later gets a name of ours', () => {
    const without = run(open({ targets: TARGETS.filter(({ name }) => name !== 't-1') }));
    expect(Object.keys(without.groups)).toEqual(['t-0', 't-2']);
    expect(run(open(), without.lock).groups['t-1']).toMatch(/^t-1-[0-9a-f]{8}$/);
  });
});
