import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../src/forwarder';
import type { SeededNetwork } from './support/azure';
import { laidTexts, renderedForwarder } from './support/azure-forwarder';
import { azureInventoryOf, azureRouter, type Emission, emit } from './support/emission';
import { changesOf, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { startWorld, type World } from './support/world';

type Part = Readonly<Record<string, unknown>>;

const MINUTES = 60_000;

describeWith(
  ['terraform', 'azure providers'],
  'routers of Azure with more than one pool, or a network of their own',
  () => {
    let world: World;
    let network: SeededNetwork;

    beforeAll(async () => {
      world = await startWorld('azure pools', ['azure']);
      network = world.azure.seedNetwork();
    }, MINUTES);

    afterAll(async () => {
      await world?.stop();
    }, MINUTES);

    /** So many targets, each with a domain of its own. */
    function targets(count: number): Record<string, Part> {
      return Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `db-${index}`,
          { host: `10.20.1.${index + 1}`, port: 5432, domain: `db-${index}.acme-data.com` },
        ]),
      );
    }

    function emitted(name: string, router: Part, before?: Emission): Emission {
      const document = azureInventoryOf(world, network, { [name]: { deletionProtection: false, ...router } });
      return emit(world, document, before?.lock);
    }

    async function applied(work: Workspace, emission: Emission): Promise<void> {
      work.take(emission.stack(azureRouter(emission.plan).deployment));
      const result = await work.apply();
      expect(result.ok, complaints(result)).toBe(true);
      expect(world.azure.defects()).toBe('');
    }

    /** Takes a router away in its two steps; its NCC stays, so that no other router may have its name. */
    async function gone(work: Workspace, router: Part, before: Emission): Promise<void> {
      const { name } = azureRouter(before.plan);
      const prepared = emitted(name, { ...router, teardown: 'prepare' }, before);
      await applied(work, prepared);
      await applied(work, emitted(name, { ...router, teardown: 'destroy' }, prepared));
      expect(Object.keys(await work.state())).toEqual([]);
      expect(world.azure.leftovers()).toEqual([]);
    }

    describe('with one rule for all ports', () => {
      const place = { loadBalancing: 'ha-ports', forwarder: { engine: 'nftables', egress: 'none' } };
      const router = { azure: place, targets: targets(11) };
      let work: Workspace;
      let current: Emission;

      it(
        'opens a second pool for an eleventh domain',
        async () => {
          current = emitted('all-ports', router);
          expect(azureRouter(current.plan).shards.map(({ key, pool, domains }) => [key, pool, domains.length])).toEqual(
            [
              ['s1', 'p1', 10],
              ['s2', 'p2', 1],
            ],
          );
          work = world.workspace(current.stack('all-ports'));
          await work.init();
          await work.validate();
          await applied(work, current);
          const { loadBalancers, privateLinkServices, scaleSets } = world.azure.inventory();
          expect(loadBalancers.map(({ rules }) => rules)).toEqual([
            { all: 's1:0->0 health' },
            { all: 's2:0->0 health' },
          ]);
          expect(privateLinkServices.map(({ frontends }) => frontends)).toEqual([['s1'], ['s2']]);
          expect(scaleSets.map(({ machines }) => machines.length)).toEqual([2, 2]);
          expect(changesOf(await work.plan())).toEqual({});
        },
        8 * MINUTES,
      );

      it(
        'touches the configuration of one pool only where a target comes',
        async () => {
          const more = { ...router.targets, crm: { host: '10.20.2.1', port: 5000, domain: 'db-10.acme-data.com' } };
          const fork = world.fork(work, emitted('all-ports', { ...router, targets: more }, current).stack('all-ports'));
          expect(changesOf(await fork.plan())).toEqual({
            'azurerm_virtual_machine_scale_set_extension.p2_configuration': 'update',
            'azurerm_network_security_group.p2': 'update',
          });
        },
        2 * MINUTES,
      );

      it('is taken down', () => gone(work, router, current), 8 * MINUTES);
    });

    it(
      'makes a small network of its own, with a way out for the machines',
      async () => {
        const own = { subnetId: undefined, natSubnetId: undefined, network: { addressSpace: '10.77.0.0/24' } };
        const router = {
          azure: { ...own, subscriptionId: network.subnetId.split('/')[2] },
          targets: targets(2),
        };
        const emission = emitted('own-network', router);
        const work = world.workspace(emission.stack('own-network'));
        await work.init();
        await applied(work, emission);
        expect(changesOf(await work.plan())).toEqual({});
        const { loadBalancers, securityGroups, others } = world.azure.inventory();
        expect(Object.values(loadBalancers[0]?.frontends ?? {}).every((one) => /^10\.77\.0\.\d+$/.test(one))).toBe(
          true,
        );
        expect(securityGroups[0]?.rules).toContainEqual(expect.stringMatching(/ 10\.77\.0\.192\/26 -> 10000-10001$/));
        const [vnet = ''] = others.filter((id) => /virtualNetworks\/plr-/.test(id));
        expect(world.azure.show(vnet)).toMatchObject({
          properties: {
            addressSpace: { addressPrefixes: ['10.77.0.0/24'] },
            subnets: expect.arrayContaining([
              expect.objectContaining({
                name: 'vm',
                properties: expect.objectContaining({
                  addressPrefix: '10.77.0.0/25',
                  defaultOutboundAccess: false,
                  natGateway: { id: expect.stringMatching(/\/natGateways\/plr-/) },
                }),
              }),
              expect.objectContaining({
                name: 'nat',
                properties: expect.objectContaining({ privateLinkServiceNetworkPolicies: 'Disabled' }),
              }),
            ]),
          },
        });
        await gone(work, router, emission);
      },
      8 * MINUTES,
    );

    it(
      'goes from engine to engine in place',
      async () => {
        const router = (engine: string): Part => ({
          azure: {
            forwarder: { engine, egress: engine === 'nftables' ? 'none' : { mirror: 'http://apt.acme-data.com/' } },
          },
          targets: targets(2),
        });
        let emission = emitted('engines', router('haproxy'));
        const work = world.workspace(emission.stack('engines'));
        await work.init();
        await applied(work, emission);
        const scripts = new Set<string>();
        const machines = (): readonly string[] =>
          world.azure.inventory().scaleSets[0]?.machines.map((m) => m.vmId) ?? [];
        const before = machines();
        for (const engine of ['haproxy', 'nginx', 'nftables'] as const) {
          emission = emitted('engines', router(engine), emission);
          await applied(work, emission);
          const { applyScript, bootstrap } = await renderedForwarder(work);
          for (const { path } of ENGINES[engine].files) expect(applyScript).toContain(path);
          if (engine !== 'nftables') expect(laidTexts(bootstrap)).toContain('apt.acme-data.com');
          scripts.add(applyScript);
          expect(machines()).toEqual(before);
          expect(changesOf(await work.plan())).toEqual({});
        }
        expect(scripts.size).toBe(3);
        await gone(work, router('nftables'), emission);
      },
      8 * MINUTES,
    );

    it(
      'plans 299 targets of a pool and opens the next for one more',
      async () => {
        const shared = (count: number): Record<string, Part> =>
          Object.fromEntries(
            Array.from({ length: count }, (_, index) => [
              `t-${index}`,
              {
                host: `10.30.${Math.floor(index / 200)}.${(index % 200) + 1}`,
                port: 5432,
                domain: `d-${index % 6}.acme-data.com`,
              },
            ]),
          );
        const full = emitted('full', { targets: shared(299) });
        const next = emitted(
          'full',
          { targets: { ...shared(299), more: { host: '10.30.9.9', port: 1, domain: 'more.acme-data.com' } } },
          full,
        );
        expect(azureRouter(full.plan).pools.map(({ key }) => key)).toEqual(['p1']);
        expect(azureRouter(next.plan).pools.map(({ key }) => key)).toEqual(['p1', 'p2']);
        const work = world.workspace(next.stack('full'));
        await work.init();
        const plan = changesOf(await work.plan());
        expect(Object.keys(plan).filter((address) => address.startsWith('azurerm_lb_rule.s1_rule'))).toHaveLength(299);
        expect(plan).toHaveProperty(['azurerm_lb.p2'], 'create');
      },
      4 * MINUTES,
    );
  },
);
