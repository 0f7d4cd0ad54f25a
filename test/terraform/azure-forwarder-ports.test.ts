import { afterAll, beforeAll, expect, it } from 'vitest';
import { moveTargets } from '../../src/planner';
import type { SeededNetwork } from './support/azure';
import { renderedForwarder } from './support/azure-forwarder';
import { azureInventoryOf, azureRouter, type Emission, emit } from './support/emission';
import { changesOf, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { startWorld, type World } from './support/world';

type Part = Readonly<Record<string, unknown>>;

const MINUTES = 60_000;
const ROUTER = 'ports';

describeWith(['terraform', 'azure providers'], 'two shards of a pool that are dialled on one port', () => {
  let world: World;
  let network: SeededNetwork;
  let work: Workspace;
  let current: Emission;

  beforeAll(async () => {
    world = await startWorld('azure forwarder ports', ['azure']);
    network = world.azure.seedNetwork();
  }, MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  const target = (name: string, last: number, more: Part): Part => ({
    [name]: { host: `10.20.1.${last}`, port: 8443, domain: `${name}.acme-data.com`, ...more },
  });
  const ROUTES = {
    ...target('a', 1, { listenPort: 443, shard: 'x' }),
    ...target('away', 2, { listenPort: 444, shard: 'x' }),
    ...target('b', 3, { listenPort: 443, shard: 'y' }),
  };

  function emitted(more: Part = {}, lock = current?.lock): Emission {
    const document = azureInventoryOf(world, network, {
      [ROUTER]: { deletionProtection: false, targets: ROUTES, ...more },
    });
    return emit(world, document, lock);
  }

  async function applied(emission: Emission): Promise<void> {
    work.take(emission.stack(ROUTER));
    const result = await work.apply();
    expect(result.ok, complaints(result)).toBe(true);
    expect(world.azure.defects()).toBe('');
    current = emission;
  }

  const rules = (): unknown => world.azure.inventory().loadBalancers.map((balancer) => balancer.rules);

  it(
    'have a rule each, which lead to two ports of the machines',
    async () => {
      current = emitted();
      expect(azureRouter(current.plan).pools.map(({ shards }) => shards)).toEqual([['s1', 's2']]);
      work = world.workspace(current.stack(ROUTER));
      await work.init();
      await work.validate();
      await applied(current);
      expect(rules()).toEqual([
        {
          health: 'health:61080->61080 health',
          'port-443': 's1:443->443 ready',
          'port-444': 's1:444->444 ready',
          'port-443-61100': 's2:443->61100 ready',
        },
      ]);
      expect(world.azure.inventory().securityGroups[0]?.rules).toContainEqual(
        expect.stringMatching(/-> 443-444,\s?61100$/),
      );
      const { applyScript } = await renderedForwarder(work);
      expect(applyScript).toContain('61100');
      expect(changesOf(await work.plan())).toEqual({});
    },
    8 * MINUTES,
  );

  it(
    'take a target from one to a third in one apply, though no rule waits for another to go',
    async () => {
      const move = moveTargets(current.lock, { version: 1, routers: [] }, ROUTER, ['away'], 's3');
      if (!('lock' in move)) throw new Error(JSON.stringify(move.findings));
      await applied(emitted({}, move.lock));
      expect(rules()).toEqual([
        {
          health: 'health:61080->61080 health',
          'port-443': 's1:443->443 ready',
          'port-443-61100': 's2:443->61100 ready',
          'port-444-61101': 's3:444->61101 ready',
        },
      ]);
      expect(changesOf(await work.plan())).toEqual({});
    },
    8 * MINUTES,
  );

  it(
    'are taken down',
    async () => {
      await applied(emitted({ teardown: 'prepare' }));
      await applied(emitted({ teardown: 'destroy' }));
      expect(Object.keys(await work.state())).toEqual([]);
      expect(world.azure.leftovers()).toEqual([]);
    },
    8 * MINUTES,
  );
});
