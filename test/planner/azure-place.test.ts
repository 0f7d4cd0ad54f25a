import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import type { AzurePlace, Finding, Lock, Router } from '../../src/model';
import { planRouting } from '../../src/planner';
import { accept, azurePlace, azureRouter, azureTargets, codes, inventory, router, targets } from './support';

const TARGETS = azureTargets('t', 3);
const OTHER = '11111111-2222-4333-8444-555555555555';
const before = accept(azureRouter({ targets: TARGETS }));

function at(over: Partial<AzurePlace>, more: Parameters<typeof azureRouter>[0] = {}): Router {
  return azureRouter({ targets: TARGETS, azure: azurePlace(over), ...more });
}

/** The one finding of a run that must be refused. */
function refusal(one: Router, lock: Lock): Finding {
  const { findings, lock: after } = planRouting({ inventory: inventory([one]), lock });
  const [found] = findings;
  expect(findings).toHaveLength(1);
  if (found === undefined) throw new Error('nothing was refused');
  expect(found.severity).toBe('error');
  expect(Object.keys(CATALOGUE)).toContain(found.code);
  expect(after.routers.analytics?.targets).toMatchObject(lock.routers.analytics?.targets ?? {});
  return found;
}

describe('the lock of a router of Azure', () => {
  it('keeps what no change may move, and nothing that only AWS has', () => {
    const entry = before.lock.routers.analytics;
    expect(entry).toMatchObject({
      cloud: 'azure',
      pools: ['p1'],
      azure: {
        location: 'eastus2',
        resourceGroupName: 'rg-privatelink-router',
        natAddresses: 1,
        zones: ['1', '2', '3'],
        loadBalancing: 'per-target',
      },
    });
    expect(entry?.azure?.natSubnetId).toMatch(/\/virtualnetworks\/hub\/subnets\/nat$/);
    const open = accept(at({}, { deletionProtection: false }), before.lock).lock.routers.analytics;
    for (const key of ['network', 'unprotected']) {
      expect(entry).not.toHaveProperty(key);
      expect(open).not.toHaveProperty(key);
    }
  });

  it('keeps the address space of a network of our own', () => {
    const own = accept(at({ network: { addressSpace: '10.20.0.0/24' } })).lock.routers.analytics?.azure;
    expect(own).toMatchObject({ addressSpace: '10.20.0.0/24' });
    expect(own).not.toHaveProperty('natSubnetId');
  });
});

describe('a change that Azure cannot live through', () => {
  const { network, forwarder } = azurePlace();
  const moved = network.natSubnetId?.replace('/nat', '/nat2') ?? '';
  const subnetId = network.subnetId ?? '';

  it.each<[string, Partial<AzurePlace>, string, string]>([
    ['location', { location: 'westeurope' }, 'azure.location', 'location changes from eastus2 to westeurope'],
    ['resource group', { resourceGroupName: 'rg-2' }, 'azure.resourceGroupName', 'to rg-2'],
    ['NAT subnet', { network: { subnetId, natSubnetId: moved } }, 'azure.natSubnetId', '/subnets/nat2'],
    ['zones', { forwarder: { ...forwarder, zones: ['1', '2'] } }, 'azure.forwarder.zones', 'from [1, 2, 3] to [1, 2]'],
    ['load balancing', { loadBalancing: 'ha-ports' }, 'azure.loadBalancing', 'from per-target to ha-ports'],
    ['subscription', { subscriptionId: OTHER }, 'azure.subscriptionId', `to ${OTHER}`],
    ['network of our own', { network: { addressSpace: '10.2.0.0/24' } }, 'azure.network.addressSpace', 'to none'],
    ['two at once', { location: 'westeurope', loadBalancing: 'ha-ports' }, 'azure.location', 'loadBalancing changes'],
  ])('is refused once, with what to do: %s', (_name, over, path, words) => {
    const found = refusal(at(over), before.lock);
    expect(`${found.code} ${found.path.join('.')}`).toBe(`PLR2521 routers.analytics.${path}`);
    expect(found.message).toContain(words);
    expect(found.fix).toContain('add a router of another name');
    expect(found.fix).toContain('take its entry out of the lock');
    expect(codes(at(over))).toEqual([]);
  });

  it('is no follow-up of findings: a kind of load balancing that would not fit its shards is said once', () => {
    const wide = azureTargets('t', 40);
    const { lock } = accept(azureRouter({ targets: wide }));
    refusal(at({ loadBalancing: 'ha-ports' }, { targets: [...wide, ...azureTargets('u', 20)] }), lock);
  });

  it('is a NAT address less, but none more', () => {
    const more = accept(at({ natAddresses: 3 }), before.lock);
    expect(more.findings).toEqual([]);
    expect(more.lock.routers.analytics?.azure?.natAddresses).toBe(3);
    const found = refusal(at({ natAddresses: 2 }), more.lock);
    expect(`${found.code} ${found.path.join('.')}`).toBe('PLR2522 routers.analytics.azure.natAddresses');
    expect(found.message).toContain('from 3 to 2');
  });

  it('is nothing that Azure changes in place, and no letter case of an id', () => {
    const changes: readonly Partial<AzurePlace>[] = [
      { network: { subnetId: subnetId.replace('forwarders', 'others'), natSubnetId: network.natSubnetId ?? '' } },
      { network: { subnetId, natSubnetId: (network.natSubnetId ?? '').toUpperCase() } },
      { visibility: [OTHER], autoApproval: [OTHER] },
      { forwarder: { ...forwarder, engine: 'nginx', instances: 5, size: 'Standard_F4s_v2', zones: ['3', '1', '2'] } },
    ];
    for (const over of changes) {
      const result = accept(at(over), before.lock);
      expect(result.findings).toEqual([]);
      expect(result.lock).toEqual(before.lock);
    }
  });
});

describe('a router that changes its cloud', () => {
  const onAws = accept(router({ targets: targets('t', 3) })).lock;

  it.each([
    ['aws', azureRouter({ targets: TARGETS }), onAws, 'analytics is on azure in the inventory and on aws in the lock'],
    ['azure', router({ targets: targets('t', 3) }), before.lock, 'analytics is on aws in the inventory and on azure'],
  ] as const)('is refused, with nothing else said: %s', (cloud, one, lock, words) => {
    const found = refusal(one, lock);
    expect(`${found.code} ${found.path.join('.')}`).toBe(`PLR2523 routers.analytics.${one.cloud}`);
    expect(found.message).toContain(words);
    expect(found.fix).toContain(`put analytics back on ${cloud}`);
  });

  it('is told what to do where the old one was taken down', () => {
    const prepared = accept(router({ targets: [], teardown: 'prepare' }), onAws).lock;
    const { lock } = accept(router({ targets: [], teardown: 'destroy' }), prepared);
    const found = refusal(azureRouter({ targets: TARGETS }), lock);
    expect(found.fix).toContain('once without analytics in the inventory');
  });
});

describe('a router of Azure that is taken down', () => {
  const prepared = accept(at({}, { teardown: 'prepare' }), before.lock);
  const destroyed = accept(at({}, { teardown: 'destroy' }), prepared.lock);

  it('goes in the two steps, and nothing of it is planned but its removal', () => {
    expect(codes(at({}, { teardown: 'destroy' }), before.lock)).toEqual(['PLR2002']);
    expect(prepared.plan.routers[0]).toMatchObject({
      deletionProtection: false,
      pools: [{ deletionProtection: false }],
    });
    expect(destroyed.plan.routers[0]).toMatchObject({ cloud: 'azure', pools: [], shards: [] });
    expect(destroyed.lock.routers.analytics).toMatchObject({ teardown: 'destroy', pools: ['p1'] });
  });

  it('is looked for where it stands: its subscription stays, the rest decides nothing any more', () => {
    expect(codes(at({ natAddresses: 1, location: 'westeurope' }, { teardown: 'destroy' }), prepared.lock)).toEqual([]);
    expect(codes(at({ subscriptionId: OTHER }, { teardown: 'destroy' }), prepared.lock)).toEqual(['PLR2521']);
  });

  it('comes back anywhere, with the ports that it had', () => {
    const back = accept(at({ location: 'westeurope', loadBalancing: 'ha-ports' }), destroyed.lock);
    expect(back.findings.map(({ code }) => code)).toEqual(['PLR2003']);
    expect(back.lock.routers.analytics).toMatchObject({ azure: { location: 'westeurope' }, pools: ['p1'] });
    expect(back.lock.routers.analytics?.targets).toEqual(before.lock.routers.analytics?.targets);
  });
});
