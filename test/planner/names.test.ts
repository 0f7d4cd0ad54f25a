import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backendsOf } from '../../src/model';
import { loadBalancerName, securityGroupName, targetGroupName } from '../../src/planner/aws/names';
import { principalOf } from '../../src/planner/aws/principals';
import { poolNames, routerNames, shardNames } from '../../src/planner/azure/names';
import { filledBackend } from '../../src/planner/backend';
import { nameCollisions } from '../../src/planner/collisions';
import { physicalName } from '../../src/planner/names';
import { accept, awsShards, azureOf, azurePlace, azureRouter, azureTargets, router, target, targets } from './support';

const NAMES = {
  router: 'analytics',
  env: 'prod',
  deployment: 'analytics-prod',
  shard: 's1',
  number: 1,
  vpcId: 'vpc-1',
  generation: 0,
};

describe('physical names', () => {
  it('fit, have only letters, digits and single hyphens, and end in the hash', () => {
    const seed = fc.array(fc.oneof(fc.string(), fc.integer()));
    fc.assert(
      fc.property(fc.string(), seed, fc.integer({ min: 20, max: 60 }), (readable, values, max) => {
        const name = physicalName({ readable, suffix: '12', seed: values, max });
        expect(name.length).toBeLessThanOrEqual(max);
        expect(name).toMatch(/^([a-z0-9]+-)*12-[0-9a-f]{8}$/);
      }),
    );
  });

  it('differ where the seed differs, however alike it reads', () => {
    const name = (seed: unknown[]): string => physicalName({ readable: 'x', seed, max: 32 });
    expect(new Set([name(['a', 'b-c']), name(['a-b', 'c']), name(['a', 'b', 'c']), name(['1']), name([1])]).size).toBe(
      5,
    );
  });

  it('are what they were: a change here would replace what users have', () => {
    expect(loadBalancerName(NAMES)).toBe('plr-analytics-prod-1-563b4830');
    expect(securityGroupName(NAMES)).toBe('plr-analytics-prod-1-455db58c');
    expect(targetGroupName(NAMES, 'orders-db', 5432)).toBe('orders-db-5a04ee79');
  });

  it('change with everything that replaces the resource, and with nothing else', () => {
    const base = targetGroupName(NAMES, 'a', 5432);
    const others = [
      targetGroupName(NAMES, 'b', 5432),
      targetGroupName(NAMES, 'a', 5433),
      targetGroupName({ ...NAMES, vpcId: 'vpc-2' }, 'a', 5432),
      targetGroupName({ ...NAMES, shard: 's2' }, 'a', 5432),
      targetGroupName({ ...NAMES, env: undefined }, 'a', 5432),
      targetGroupName({ ...NAMES, generation: 1 }, 'a', 5432),
      targetGroupName({ ...NAMES, generation: 2 }, 'a', 5432),
    ];
    expect(new Set([base, ...others]).size).toBe(8);
    expect(targetGroupName({ ...NAMES, deployment: 'other', number: 9 }, 'a', 5432)).toBe(base);
    const balancers = [0, 1, 2].map((generation) => loadBalancerName({ ...NAMES, generation }));
    expect(new Set(balancers).size).toBe(3);
    expect(securityGroupName({ ...NAMES, generation: 1 })).toBe(securityGroupName(NAMES));
  });

  it('keep the shard’s number where the router’s name is too long', () => {
    const name = loadBalancerName({ ...NAMES, deployment: 'a'.repeat(90), number: 123 });
    expect(name).toMatch(/^plr-a{15}-123-[0-9a-f]{8}$/);
    expect(name).toHaveLength(32);
  });

  it('stay apart for targets that differ only where the name is cut', () => {
    const result = accept(router({ targets: targets(`${'x'.repeat(50)}`, 40, { domains: ['one.example'] }) }));
    const names = awsShards(result).flatMap((shard) => backendsOf(shard).map((one) => one.targetGroupName));
    expect(new Set(names).size).toBe(40);
    for (const name of names) expect(name).toHaveLength(32);
  });

  it('that meet in one account and region are an error, elsewhere they are not', () => {
    const { plan } = accept(router({ targets: [target('a')] }));
    const [one] = plan.routers;
    if (one?.cloud !== 'aws') throw new Error('no router of AWS');
    const twin = { ...one, name: 'twin' };
    expect(nameCollisions([one, twin]).map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'PLR2701 routers.twin',
      'PLR2701 routers.twin.targets.a',
    ]);
    expect(nameCollisions([one, { ...twin, aws: { ...twin.aws, region: 'us-east-1' } }])).toEqual([]);
    expect(nameCollisions([one, { ...twin, aws: { ...twin.aws, accountId: '210987654321' } }])).toEqual([]);
  });
});

describe('names on Azure', () => {
  const naming = { router: 'analytics', env: 'prod', deployment: 'analytics-prod' };

  it('are what they were: a change here would replace what users have', () => {
    expect(poolNames(naming, 'p1')).toEqual({
      name: 'analytics-prod-pool-1',
      loadBalancerName: 'plr-analytics-prod-1-8c322a0a',
      securityGroupName: 'plr-analytics-prod-1-adaddb52',
      scaleSetName: 'plr-analytics-prod-1-93133b2a',
      computerNamePrefix: 'plr4fb7db',
    });
    expect(shardNames(naming, 's1')).toEqual({
      frontendName: 's1',
      privateLinkServiceName: 'plr-analytics-prod-1-7b1b4640',
    });
    expect(routerNames(naming)).toEqual({
      virtualNetwork: 'plr-analytics-prod-146c01b9',
      natGateway: 'plr-analytics-prod-23a2c5d9',
      publicIp: 'plr-analytics-prod-92cf98f7',
    });
  });

  it('change with router, environment, pool and shard, and with nothing else', () => {
    const of = (over: Partial<typeof naming>, pool = 'p1', shard = 's1'): string => {
      const { name: _, ...names } = poolNames({ ...naming, ...over }, pool);
      return JSON.stringify([names, shardNames({ ...naming, ...over }, shard), routerNames({ ...naming, ...over })]);
    };
    const hashes = (text: string): readonly string[] => text.match(/[0-9a-f]{8}"|plr[0-9a-f]{6}"/g) ?? [];
    const base = of({});
    expect(hashes(base)).toHaveLength(8);
    expect(new Set(hashes(base)).size).toBe(8);
    expect(hashes(of({ deployment: 'other' }))).toEqual(hashes(base));
    for (const other of [of({ router: 'x' }), of({ env: 'x' })]) {
      expect(hashes(other).filter((hash) => hashes(base).includes(hash))).toEqual([]);
    }
    expect(hashes(of({}, 'p2')).filter((hash) => hashes(base).includes(hash))).toHaveLength(4);
    expect(hashes(of({}, 'p1', 's2')).filter((hash) => hashes(base).includes(hash))).toHaveLength(7);
  });

  it('fit, and begin with a letter, however long the router is called', () => {
    const long = { ...naming, deployment: 'a'.repeat(120) };
    const { loadBalancerName, securityGroupName, scaleSetName, computerNamePrefix } = poolNames(long, 'p12');
    const { privateLinkServiceName } = shardNames(long, 's34');
    expect(
      [loadBalancerName, securityGroupName, scaleSetName, privateLinkServiceName].map(({ length }) => length),
    ).toEqual([80, 80, 64, 80]);
    expect(loadBalancerName).toMatch(/^plr-a+-12-[0-9a-f]{8}$/);
    expect(privateLinkServiceName).toMatch(/^plr-a+-34-[0-9a-f]{8}$/);
    expect(computerNamePrefix).toMatch(/^plr[0-9a-f]{6}$/);
    expect(routerNames(long).virtualNetwork).toHaveLength(64);
  });

  it('that meet in one resource group are an error, elsewhere they are not', () => {
    const one = azureOf(accept(azureRouter({ targets: azureTargets('t', 1) })));
    const twin = { ...one, name: 'twin' };
    const kinds = nameCollisions([one, twin]).map(({ code, message }) => `${code} ${message.split(' would')[0]}`);
    expect(kinds).toEqual([
      'PLR2701 the load balancer of pool p1 of twin',
      'PLR2701 the network security group of pool p1 of twin',
      'PLR2701 the scale set of pool p1 of twin',
      'PLR2701 the Private Link Service of shard s1 of twin',
    ]);
    expect(
      nameCollisions([one, { ...twin, azure: azurePlace({ resourceGroupName: 'RG-PRIVATELINK-ROUTER' }) }]),
    ).toHaveLength(4);
    expect(nameCollisions([one, { ...twin, azure: azurePlace({ resourceGroupName: 'other' }) }])).toEqual([]);
  });
});

describe('the principal', () => {
  const place = router().aws;

  it.each([
    [{ ...place, region: 'eu-west-1' }, 'arn:aws:iam::565502421330:role/private-connectivity-role-eu-west-1'],
    [
      { ...place, region: 'us-gov-west-1', govcloud: 'civilian' as const },
      'arn:aws-us-gov:iam::347038500609:role/private-connectivity-role-us-gov-west-1',
    ],
    [
      { ...place, region: 'us-gov-west-1', govcloud: 'dod' as const },
      'arn:aws-us-gov:iam::347034940029:role/private-connectivity-role-us-gov-west-1',
    ],
  ])('follows region and partition: %s', (aws, expected) => {
    expect(principalOf(aws)).toBe(expected);
    expect(accept(router({ aws })).plan.routers[0]).toMatchObject({ principal: expected });
  });
});

describe('the backend', () => {
  it('is filled in, in every string, once', () => {
    const config = {
      key: '{env}/{router}/{other}',
      list: ['{router}'],
      map: { '{env}': '{env}{env}' },
      flag: true,
      none: null,
    };
    expect(filledBackend({ type: 's3', config }, '{env}', 'prod').config).toEqual({
      key: 'prod/{env}/{other}',
      list: ['{env}'],
      map: { '{env}': 'prodprod' },
      flag: true,
      none: null,
    });
  });

  it('has the word default for no environment', () => {
    expect(filledBackend({ type: 'local', config: { path: '{env}-{router}' } }, 'a', undefined).config).toEqual({
      path: 'default-a',
    });
  });
});
