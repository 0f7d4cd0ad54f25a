import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { type AwsPlace, type AwsRouter, backendsOf, type Lock, type LockedRouter } from '../../src/model';
import { moveTargets, type PlanningResult, planRouting } from '../../src/planner';
import { accept, awsShards, codes, inventory, places, router, targets } from './support';

const PLACE = router().aws;
const [A = '', B = ''] = PLACE.subnetIds;
const C = 'subnet-0c1d2e3f405162738';
const TARGETS = targets('t', 11);

function at(aws: Partial<AwsPlace>, over: Partial<AwsRouter> = {}): AwsRouter {
  return router({ targets: TARGETS, aws: { ...PLACE, ...aws }, deletionProtection: false, ...over });
}

function entry({ lock }: { readonly lock: Lock }): LockedRouter {
  const found = lock.routers.analytics;
  if (found === undefined) throw new Error('the lock has no such router');
  return found;
}

function generations(result: { readonly lock: Lock }): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(entry(result).shards).map(([key, { generation }]) => [key, generation]));
}

function names({ plan }: PlanningResult): readonly string[] {
  return awsShards({ plan }).flatMap((shard) => [
    shard.loadBalancerName,
    ...backendsOf(shard).map((one) => one.targetGroupName),
  ]);
}

const open = accept(at({}));
const shut = accept(at({}, { deletionProtection: true }));

/** The one finding of a run that must be refused. */
function refusal(
  one: AwsRouter,
  lock: Lock,
): { readonly message: string; readonly fix: string; readonly text: string } {
  const { findings, lock: after } = planRouting({ inventory: inventory([one]), lock });
  expect(findings).toHaveLength(1);
  const [found] = findings;
  if (found === undefined) throw new Error('nothing was refused');
  expect(found.severity).toBe('error');
  expect(Object.keys(CATALOGUE)).toContain(found.code);
  expect(after.routers.analytics?.shards).toEqual(lock.routers.analytics?.shards);
  return { ...found, text: `${found.code} ${found.path.join('.')}` };
}

describe('the lock of a router', () => {
  it('keeps where it stands, whatever the order of its subnets, and that its protection is off', () => {
    expect(entry(open)).toMatchObject({
      network: { accountId: PLACE.accountId, region: PLACE.region, vpcId: PLACE.vpcId, subnetIds: [A, B] },
      unprotected: true,
    });
    expect(entry(shut)).not.toHaveProperty('unprotected');
    const turned = accept(at({ subnetIds: [B, A] }), open.lock);
    expect(turned.lock).toEqual(open.lock);
    expect(turned.findings).toEqual([]);
  });

  it('that was written before that was kept is completed, whatever the network is', () => {
    const { network: _network, ...old } = entry(shut);
    const result = accept(at({ subnetIds: [C] }), { version: 1, routers: { analytics: old } });
    expect(result.findings).toEqual([]);
    expect(generations(result)).toEqual({ s1: undefined, s2: undefined });
    expect(entry(result).network?.subnetIds).toEqual([C]);
  });
});

describe('a subnet more', () => {
  it('replaces nothing, protected or not', () => {
    for (const before of [open, shut]) {
      const { deletionProtection = true } = before.plan.routers[0] ?? {};
      const result = accept(at({ subnetIds: [A, B, C] }, { deletionProtection }), before.lock);
      expect(result.findings).toEqual([]);
      expect(names(result)).toEqual(names(before));
      expect(entry(result).network?.subnetIds).toEqual([A, B, C]);
    }
  });
});

describe.each([
  ['a subnet that goes', { subnetIds: [A] }, 'subnetIds', `loses ${B}`],
  ['a subnet exchanged for another', { subnetIds: [A, C] }, 'subnetIds', `loses ${B}`],
  ['another VPC', { vpcId: 'vpc-02', subnetIds: [C] }, 'vpcId', 'changes from vpc-0a1b2c3d4e5f60718 to vpc-02'],
])('%s', (_name, aws, key, words) => {
  it('is a new generation of every shard, once', () => {
    const result = accept(at(aws), open.lock);
    expect(generations(result)).toEqual({ s1: 1, s2: 1 });
    expect(result.findings).toMatchObject([{ code: 'PLR2512', path: ['routers', 'analytics', 'aws', key] }]);
    expect(result.findings[0]?.message).toContain(words);
    expect(result.findings[0]?.message).toContain('load balancers of s1, s2 are replaced');
    expect(places(result.lock)).toEqual(places(open.lock));
    const again = accept(at(aws), result.lock);
    expect(again.findings).toEqual([]);
    expect(again.lock).toEqual(result.lock);
  });

  it('gives every load balancer and target group another name', () => {
    const before = new Set(names(open));
    const after = names(accept(at(aws), open.lock));
    expect(after).toHaveLength(before.size);
    for (const name of after) expect(before).not.toContain(name);
  });

  it('is refused while the load balancers are protected', () => {
    const { text, message, fix } = refusal(at(aws), shut.lock);
    expect(text).toBe(`PLR2511 routers.analytics.aws.${key}`);
    expect(message).toContain(words);
    expect(message).toContain('the lock has not seen `deletionProtection: false`');
    expect(fix).toContain(`Put ${key} back, set \`deletionProtection: false\``);
    expect(fix).toContain('take its entry out of the lock');
  });

  it('is refused where the protection comes back in the same step', () => {
    const { text, message } = refusal(at(aws, { deletionProtection: true }), open.lock);
    expect(text).toBe(`PLR2511 routers.analytics.aws.${key}`);
    expect(message).toContain('`deletionProtection` is on again');
  });

  it('is done by the steps that the refusal names', () => {
    const off = accept(at({}), shut.lock);
    const changed = accept(at(aws), off.lock);
    const on = accept(at(aws, { deletionProtection: true }), changed.lock);
    expect(on.findings).toEqual([]);
    expect(names(on)).toEqual(names(changed));
    expect(entry(on)).not.toHaveProperty('unprotected');
  });
});

describe('generations', () => {
  it('count on, and no name ever comes back', () => {
    const steps: Partial<AwsPlace>[] = [
      { subnetIds: [A] },
      { subnetIds: [A, B] },
      { subnetIds: [B] },
      { vpcId: 'vpc-02', subnetIds: [C] },
      { subnetIds: [B] },
    ];
    const seen: string[][] = [[...names(open)]];
    let last = open;
    const counted = steps.map((aws) => {
      last = accept(at(aws), last.lock);
      seen.push([...names(last)]);
      return entry(last).shards.s1?.generation;
    });
    expect(counted).toEqual([1, 1, 2, 3, 4]);
    expect(new Set(seen.flat()).size).toBe(5 * names(open).length);
  });

  it('are nothing to a shard that is new', () => {
    const grown = [...TARGETS, ...targets('u', 10)];
    const result = accept(at({ subnetIds: [A] }, { targets: grown }), open.lock);
    expect(generations(result)).toEqual({ s1: 1, s2: 1, s3: undefined });
    expect(generations(accept(at({}, { targets: grown }), result.lock))).toEqual({ s1: 1, s2: 1, s3: undefined });
  });

  it('are those of a shard that is being taken away too, since it stands in the same subnets', () => {
    const ten = TARGETS.slice(0, 10);
    const steps = (step: 'prepare' | 'destroy'): Partial<AwsRouter> => ({ targets: ten, shardTeardown: { s2: step } });
    const emptied = accept(at({}, { targets: ten }), open.lock);
    const prepared = accept(at({}, steps('prepare')), emptied.lock);
    const changed = accept(at({ subnetIds: [A] }, steps('prepare')), prepared.lock);
    expect(entry(changed).shards.s2).toEqual({ state: 'prepare', domains: ['t-10.corp.example'], generation: 1 });
    expect(awsShards(changed)[1]?.loadBalancerName).not.toBe(awsShards(prepared)[1]?.loadBalancerName);
    const gone = accept(at({ subnetIds: [B] }, steps('destroy')), changed.lock);
    expect(entry(gone).shards).toMatchObject({ s1: { generation: 2 }, s2: { state: 'removed', domains: [] } });
    expect(entry(gone).shards.s2).not.toHaveProperty('generation');
    expect(gone.findings[0]?.message).toContain('load balancers of s1 are replaced');
  });

  it('are nothing where no shard stands', () => {
    const none = accept(at({}, { targets: [], deletionProtection: true }));
    const moved = accept(at({ subnetIds: [C] }, { targets: [], deletionProtection: true }), none.lock);
    expect(moved.findings).toEqual([]);
  });
});

describe('another region or account', () => {
  it.each([
    ['region', { region: 'eu-west-1', vpcId: 'vpc-02', subnetIds: [C] }, 'region of analytics changes from us-east-2'],
    ['accountId', { accountId: '210987654321' }, 'accountId of analytics changes from 123456789012 to 210987654321'],
    ['accountId', { accountId: '210987654321', region: 'eu-west-1' }, ', and region of analytics changes'],
  ])('is another router: %s', (key, aws, words) => {
    const { text, message, fix } = refusal(at(aws), open.lock);
    expect(text).toBe(`PLR2513 routers.analytics.aws.${key}`);
    expect(message).toContain(words);
    expect(fix).toContain('add a router of another name');
    expect(fix).toContain('take its entry out of the lock');
    expect(codes(at(aws))).toEqual([]);
  });
});

describe('a router that is taken down', () => {
  const prepared = accept(at({}, { teardown: 'prepare', deletionProtection: true }), shut.lock);
  const destroyed = accept(at({}, { teardown: 'destroy' }), prepared.lock);

  it('stays where it is until its protection is off', () => {
    expect(codes(at({ subnetIds: [A] }, { teardown: 'prepare' }), shut.lock)).toEqual(['PLR2511']);
    const moved = accept(at({ subnetIds: [A] }, { teardown: 'prepare', deletionProtection: true }), prepared.lock);
    expect(generations(moved)).toEqual({ s1: 1, s2: 1 });
    expect(codes(at({ subnetIds: [A] }, { deletionProtection: true }), prepared.lock)).toEqual(['PLR2511']);
  });

  it('goes whatever its subnets are by then, but is looked for where it stands', () => {
    const elsewhere = accept(at({ vpcId: 'vpc-02', subnetIds: [C] }, { teardown: 'destroy' }), prepared.lock);
    expect(elsewhere.findings).toEqual([]);
    expect(elsewhere.lock).toEqual(destroyed.lock);
    for (const lock of [prepared.lock, destroyed.lock]) {
      expect(codes(at({ region: 'eu-west-1' }, { teardown: 'destroy' }), lock)).toEqual(['PLR2513']);
    }
    expect(codes(at({ region: 'eu-west-1' }, { teardown: 'destroy' }), shut.lock)).toEqual(['PLR2002']);
  });

  it('comes back anywhere', () => {
    const back = accept(at({ region: 'eu-west-1', subnetIds: [C] }, { deletionProtection: true }), destroyed.lock);
    expect(back.findings.map(({ code }) => code)).toEqual(['PLR2003']);
    expect(entry(back).network).toMatchObject({ region: 'eu-west-1', subnetIds: [C] });
  });
});

it('a target that is moved takes no generation along, and takes none away', () => {
  const changed = accept(at({ subnetIds: [A] }), open.lock);
  const edit = moveTargets(changed.lock, inventory([at({ subnetIds: [A] })]), 'analytics', ['t-0'], 's2');
  if (!('lock' in edit)) throw new Error(JSON.stringify(edit.findings));
  expect(generations(edit)).toEqual({ s1: 1, s2: 1 });
  const onward = moveTargets(edit.lock, inventory([at({ subnetIds: [A] })]), 'analytics', ['t-1'], 's3');
  if (!('lock' in onward)) throw new Error(JSON.stringify(onward.findings));
  expect(generations(accept(at({ subnetIds: [A] }), onward.lock))).toEqual({ s1: 1, s2: 1, s3: undefined });
});
