import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lock } from '../../src/model';
import { awsRouter, type Emission, emit, inventoryOf } from './support/emission';
import { type Action, type ApplyResult, changesOf, complaints, type PlanResult } from './support/events';
import { describeWith } from './support/gate';
import type { CloudInventory, SeededVpc } from './support/moto';
import type { Workspace } from './support/workspace';
import { REGION, startWorld, type World } from './support/world';

type Target = Readonly<Record<string, unknown>>;
type Router = Readonly<Record<string, unknown>> & { readonly targets: Readonly<Record<string, Target | string>> };

const ROUTER = 'analytics';
const BILLING_HOST = 'billing.corp.acme-data.com';
const MINUTES = 60_000;

const LISTENER = (shard: string, target: string): string => `aws_lb_listener.${shard}_listener["${target}"]`;
const GROUP = (shard: string, target: string): string => `aws_lb_target_group.${shard}_target["${target}"]`;
const RULE = (shard: string): string => `databricks_mws_ncc_private_endpoint_rule.${shard}`;
const ACCEPTER = (shard: string): string => `aws_vpc_endpoint_connection_accepter.${shard}`;
const NCC = 'databricks_mws_network_connectivity_config.ncc';
const BINDING = 'databricks_mws_ncc_binding.workspace["1234567890123456"]';

/** Changes that matter: a data source that is read later changes nothing. */

function order(result: ApplyResult, address: string, action = 'create'): number {
  const index = result.done.findIndex((step) => step.address === address && step.action === action);
  expect(index, `${action} of ${address} in ${JSON.stringify(result.done)}`).toBeGreaterThanOrEqual(0);
  return index;
}

describeWith(['terraform', 'python3', 'moto', 'providers'], 'the life of a router', () => {
  let world: World;
  let vpc: SeededVpc;
  let work: Workspace;
  let current: Emission;
  /** The router as the inventory has it now; each change below is laid over it. */
  let router: Router;

  beforeAll(async () => {
    world = await startWorld('life cycle');
    vpc = await world.seedVpc();
    world.resolve(BILLING_HOST, ['10.20.1.10', '10.20.1.11']);
    router = {
      targets: {
        orders: {
          host: '10.90.1.11',
          domain: 'orders.acme-data.com',
          preset: 'postgres',
          securityGroupIds: [vpc.targetSecurityGroupId],
        },
        billing: world.names
          ? { host: BILLING_HOST, preset: 'sqlserver' }
          : { host: '10.20.1.10', domain: BILLING_HOST, preset: 'sqlserver' },
        ledger: { host: '100.64.1.30', port: 1521, domain: 'ledger.acme-data.com' },
        'ledger-admin': { host: '100.64.1.30', port: 5500, domain: 'ledger.acme-data.com' },
        archive: { host: '172.16.4.4', domain: 'archive.acme-data.com', preset: 'mysql' },
      },
    };
    current = emitted(router, shardedLock());
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function emitted(wanted: Router, lock: Lock = current.lock): Emission {
    // The state lies apart from the stack's folder, so that a copy of the folder works on the same state.
    const backend = { local: { path: world.path('states/{router}.tfstate') } };
    return emit(world, inventoryOf(world, vpc, { [ROUTER]: wanted }, { terraform: { backend } }), lock);
  }

  /** What the router's past leaves in the lock: it once had ten more domains, so its archive stands on a second shard. */
  function shardedLock(): Lock {
    const past = Array.from({ length: 7 }, (_, index) => `past-${index}`);
    const { archive, ...rest } = router.targets;
    const filler = past.map((name) => [name, { host: '10.90.9.9', port: 5000, domain: `${name}.acme-data.com` }]);
    const crowded = {
      ...rest,
      ...Object.fromEntries(filler.map(([name, t], i) => [name, { ...(t as object), port: 5000 + i }])),
      archive,
    };
    return emitted({ ...router, targets: crowded as Router['targets'] }, { version: 1, routers: {} }).lock;
  }

  /** The router with some targets changed, or taken away where undefined. */
  function altered(targets: Readonly<Record<string, Target | undefined>>, more: Target = {}): Router {
    const merged = Object.entries({ ...router.targets, ...targets }).flatMap(([name, target]) =>
      target === undefined ? [] : [[name, target] as const],
    );
    return { ...router, ...more, targets: Object.fromEntries(merged) };
  }

  function target(name: string): Target {
    return router.targets[name] as Target;
  }

  /** Plans a changed router against the state as it is, in a folder of its own. */
  async function planned(wanted: Router): Promise<{ plan: PlanResult; fork: Workspace }> {
    const fork = world.fork(work, emitted(wanted).stack(ROUTER));
    return { plan: await fork.plan(), fork };
  }

  /** Makes a changed router real: it is the router from now on. */
  async function applied(wanted: Router): Promise<ApplyResult> {
    const emission = emitted(wanted);
    work.take(emission.stack(ROUTER));
    const result = await work.apply();
    expect(result.ok, complaints(result)).toBe(true);
    router = wanted;
    current = emission;
    return result;
  }

  async function nothingToDo(): Promise<void> {
    const plan = await work.plan();
    expect(changesOf(plan)).toEqual({});
    expect(plan.counts).toEqual({ add: 0, change: 0, destroy: 0 });
  }

  function balancer(cloud: CloudInventory, shard: number): CloudInventory['loadBalancers'][number] {
    const found = cloud.loadBalancers.find(({ name }) => name.startsWith(`plr-${ROUTER}-${shard}-`));
    if (found === undefined)
      throw new Error(`no load balancer of shard ${shard} in ${JSON.stringify(cloud.loadBalancers)}`);
    return found;
  }

  it(
    'is initialised, valid, and planned from nothing',
    async () => {
      expect(
        current.plan.routers[0]?.shards.map(({ key, listeners }) => [
          key,
          listeners.map(({ backends: [one] }) => one.target),
        ]),
      ).toEqual([
        ['s1', ['orders', 'billing', 'ledger', 'ledger-admin']],
        ['s2', ['archive']],
      ]);
      work = world.workspace(current.stack(ROUTER), 'life');
      await work.init();
      await work.validate();
      const plan = await work.plan();
      expect(new Set(Object.values(changesOf(plan)))).toEqual(new Set(['create']));
    },
    3 * MINUTES,
  );

  it(
    'is applied in the order that works, endpoint accepted in the same run',
    async () => {
      const result = await work.apply({ args: ['tfplan'] });
      expect(result.ok, complaints(result)).toBe(true);
      for (const shard of ['s1', 's2']) {
        expect(order(result, `aws_lb.${shard}`)).toBeLessThan(order(result, `aws_vpc_endpoint_service.${shard}`));
        expect(order(result, `aws_vpc_endpoint_service.${shard}`)).toBeLessThan(order(result, RULE(shard)));
        expect(order(result, RULE(shard))).toBeLessThan(order(result, ACCEPTER(shard)));
        expect(order(result, ACCEPTER(shard))).toBeLessThan(order(result, BINDING));
      }
      for (const name of ['orders', 'billing', 'ledger', 'ledger-admin']) {
        expect(order(result, LISTENER('s1', name))).toBeLessThan(order(result, RULE('s1')));
      }
    },
    5 * MINUTES,
  );

  it(
    'stands in the cloud as it should',
    async () => {
      const cloud = await world.moto.inventory(REGION);
      const names = Object.fromEntries(
        awsRouter(current.plan).shards.flatMap((s) =>
          s.listeners.map(({ backends: [one] }) => [one.target, one.targetGroupName]),
        ),
      );
      const first = balancer(cloud, 1);
      expect([...first.subnets].sort()).toEqual([...vpc.subnetIds].sort());
      expect(first).toMatchObject({
        enforcement: 'off',
        attributes: { 'load_balancing.cross_zone.enabled': 'true', 'deletion_protection.enabled': 'true' },
        listeners: {
          10000: [names.orders],
          10001: [names.billing],
          10002: [names.ledger],
          10003: [names['ledger-admin']],
        },
      });
      expect(first.securityGroups).toHaveLength(1);
      const groups = Object.fromEntries(cloud.targetGroups.map(({ name, targets }) => [name, targets]));
      expect(groups[names.orders ?? '']).toEqual({ '10.90.1.11': null });
      expect(groups[names.billing ?? '']).toEqual(
        world.names ? { '10.20.1.10': 'all', '10.20.1.11': 'all' } : { '10.20.1.10': 'all' },
      );
      // The VPC's secondary CIDR is the VPC too.
      expect(groups[names.ledger ?? '']).toEqual({ '100.64.1.30': null });
      expect(groups[names.archive ?? '']).toEqual({ '172.16.4.4': 'all' });
      const own = cloud.securityGroups.find(({ id }) => id === first.securityGroups[0]);
      expect(own?.ingress).toEqual([]);
      expect(own?.egress).toEqual(
        [
          'tcp/1433-1433/10.20.1.10/32',
          ...(world.names ? ['tcp/1433-1433/10.20.1.11/32'] : []),
          'tcp/1521-1521/100.64.0.0/16',
          'tcp/5432-5432/10.90.0.0/16',
          'tcp/5500-5500/100.64.0.0/16',
        ].sort(),
      );
      const admitted = cloud.securityGroups.find(({ id }) => id === vpc.targetSecurityGroupId);
      expect(admitted?.ingress).toEqual(vpc.subnetCidrs.map((cidr) => `tcp/5432-5432/${cidr}`).sort());
      expect(cloud.endpointServices.map(({ principals }) => principals)).toEqual(
        [1, 2].map(() => [`arn:aws:iam::565502421330:role/private-connectivity-role-${REGION}`]),
      );
      expect(cloud.connections.map(({ state }) => state)).toEqual(['available', 'available']);
    },
    MINUTES,
  );

  it('stands in the account as it should', () => {
    const rules = world.account.liveRules();
    expect(rules.map(({ connection_state, domain_names }) => [domain_names, connection_state])).toEqual(
      expect.arrayContaining([
        [[BILLING_HOST, 'ledger.acme-data.com', 'orders.acme-data.com'], 'ESTABLISHED'],
        [['archive.acme-data.com'], 'ESTABLISHED'],
      ]),
    );
    const [ncc] = [...world.account.state.nccs.values()];
    expect(ncc?.name).toBe(ROUTER);
    expect(world.account.state.workspaces.get('1234567890123456')?.network_connectivity_config_id).toBe(
      ncc?.network_connectivity_config_id,
    );
  });

  it(
    'says what a person needs to know',
    async () => {
      const outputs = await work.outputs();
      expect(outputs).toMatchObject({
        connections: {
          orders: { domain: 'orders.acme-data.com', listener_port: 10000, shard: 'analytics-1', port: 5432 },
        },
        target_admission_cidrs: vpc.subnetCidrs,
        target_security_group_rules: {
          ledger: vpc.subnetCidrs.map((cidr_ipv4) => ({ protocol: 'tcp', from_port: 1521, to_port: 1521, cidr_ipv4 })),
        },
      });
    },
    MINUTES,
  );

  it(
    'plans clean, also from a copy of its folder',
    async () => {
      const copy = world.path('copy-elsewhere');
      cpSync(current.stack(ROUTER), copy, { recursive: true });
      const elsewhere = world.workspace(copy, 'elsewhere');
      const again = nothingToDo();
      await elsewhere.init();
      const plan = await elsewhere.plan();
      expect(changesOf(plan)).toEqual({});
      await again;
    },
    3 * MINUTES,
  );

  describe('plans no more than a change asks for', () => {
    const orders = (): Readonly<Record<string, Action>> => ({
      [LISTENER('s1', 'orders')]: 'delete',
      [GROUP('s1', 'orders')]: 'delete',
      [attachment('s1', 'orders', '10.90.1.11')]: 'delete',
      'aws_vpc_security_group_egress_rule.s1_egress["5432/10.90.0.0/16"]': 'delete',
      ...admission(5432, 'delete'),
    });

    function groupName(shard: string, name: string, emission: Emission = current): string {
      const found = awsRouter(emission.plan)
        .shards.find(({ key }) => key === shard)
        ?.listeners.flatMap(({ backends }) => backends)
        .find((one) => one.target === name);
      return found?.targetGroupName ?? `no target ${name}`;
    }

    function attachment(shard: string, name: string, address: string, emission: Emission = current): string {
      return `aws_lb_target_group_attachment.${shard}_address["${groupName(shard, name, emission)}/${address}"]`;
    }

    function admission(port: number, action: Action): Readonly<Record<string, Action>> {
      return Object.fromEntries(
        vpc.subnetIds.map((subnet) => [
          `aws_vpc_security_group_ingress_rule.target_admission["${vpc.targetSecurityGroupId}/${port}/${subnet}"]`,
          action,
        ]),
      );
    }

    it(
      'the first of five targets is removed',
      async () => {
        const { plan, fork } = await planned(altered({ orders: undefined }));
        expect(changesOf(plan)).toEqual({ ...orders(), [RULE('s1')]: 'update' });
        expect(plan.counts).toEqual({ add: 0, change: 1, destroy: 6 });
        const rule = (await fork.planned())[RULE('s1')] as { before: object; after: object };
        expect(rule.after).toEqual({ ...rule.before, domain_names: [BILLING_HOST, 'ledger.acme-data.com'] });
      },
      2 * MINUTES,
    );

    it(
      'a target is removed whose domain another one has',
      async () => {
        const { plan } = await planned(altered({ ledger: undefined }));
        expect(changesOf(plan)).toEqual({
          [LISTENER('s1', 'ledger')]: 'delete',
          [GROUP('s1', 'ledger')]: 'delete',
          [attachment('s1', 'ledger', '100.64.1.30')]: 'delete',
          'aws_vpc_security_group_egress_rule.s1_egress["1521/100.64.0.0/16"]': 'delete',
        });
      },
      2 * MINUTES,
    );

    it(
      'a target is renamed, and says so',
      async () => {
        const { plan, fork } = await planned(
          altered({ ledger: undefined, 'ledger-main': { ...target('ledger'), renamedFrom: 'ledger' } }),
        );
        expect(plan.moved).toEqual({
          [LISTENER('s1', 'ledger-main')]: LISTENER('s1', 'ledger'),
          [GROUP('s1', 'ledger-main')]: GROUP('s1', 'ledger'),
        });
        expect(changesOf(plan)).toEqual({
          [LISTENER('s1', 'ledger-main')]: 'update',
          [GROUP('s1', 'ledger-main')]: 'update',
        });
        const values = await fork.planned();
        for (const address of Object.keys(plan.moved)) {
          const { before, after } = values[address] as { before: Target; after: Target };
          const withoutTags = ({ tags, tags_all, ...rest }: Target): Target => rest;
          expect(withoutTags(after)).toEqual(withoutTags(before));
        }
      },
      2 * MINUTES,
    );

    it(
      'a target is disabled',
      async () => {
        const { plan } = await planned(altered({ orders: { ...target('orders'), enabled: false } }));
        expect(changesOf(plan)).toEqual({ ...orders(), [RULE('s1')]: 'update' });
      },
      2 * MINUTES,
    );

    it(
      "a target's port changes",
      async () => {
        const wanted = altered({ orders: { ...target('orders'), port: 6432 } });
        const { plan } = await planned(wanted);
        expect(changesOf(plan)).toEqual({
          [LISTENER('s1', 'orders')]: 'update',
          [GROUP('s1', 'orders')]: 'replace',
          [attachment('s1', 'orders', '10.90.1.11')]: 'delete',
          [attachment('s1', 'orders', '10.90.1.11', emitted(wanted))]: 'create',
          'aws_vpc_security_group_egress_rule.s1_egress["5432/10.90.0.0/16"]': 'delete',
          'aws_vpc_security_group_egress_rule.s1_egress["6432/10.90.0.0/16"]': 'create',
          ...admission(5432, 'delete'),
          ...admission(6432, 'create'),
        });
      },
      2 * MINUTES,
    );

    it(
      "a target's listener port changes",
      async () => {
        const { plan } = await planned(altered({ orders: { ...target('orders'), listenPort: 15432 } }));
        expect(changesOf(plan)).toEqual({ [LISTENER('s1', 'orders')]: 'update' });
      },
      2 * MINUTES,
    );

    it(
      "a target's host changes",
      async () => {
        const { plan } = await planned(altered({ orders: { ...target('orders'), host: '10.90.1.12' } }));
        expect(changesOf(plan)).toEqual({
          [attachment('s1', 'orders', '10.90.1.11')]: 'delete',
          [attachment('s1', 'orders', '10.90.1.12')]: 'create',
        });
      },
      2 * MINUTES,
    );

    it(
      'a name gets one address more',
      async ({ skip }) => {
        skip(!world.names, 'the real dns provider cannot be led to our name server here: skipped');
        world.resolve(BILLING_HOST, ['10.20.1.10', '10.20.1.11', '10.20.1.12']);
        const { plan } = await planned(router);
        world.resolve(BILLING_HOST, ['10.20.1.10', '10.20.1.11']);
        expect(changesOf(plan)).toEqual({
          [attachment('s1', 'billing', '10.20.1.12')]: 'create',
          'aws_vpc_security_group_egress_rule.s1_egress["1433/10.20.1.12/32"]': 'create',
        });
      },
      2 * MINUTES,
    );

    it(
      'a name dies, and there is a way out',
      async ({ skip }) => {
        skip(!world.names, 'the real dns provider cannot be led to our name server here: skipped');
        const problem = async (addresses: readonly string[] | undefined): Promise<string> => {
          world.resolve(BILLING_HOST, addresses);
          const { plan } = await planned(router);
          expect(plan.ok).toBe(false);
          return complaints(plan);
        };
        expect(await problem(['fd00::5'])).toContain(`${BILLING_HOST} of target billing has no IPv4 address`);
        expect(await problem(['93.184.216.34'])).toContain(
          `${BILLING_HOST} of target billing resolves to 93.184.216.34`,
        );
        expect(await problem(undefined)).toContain('no such host');
        // The message names both ways.
        const [without, destruction] = await Promise.all([
          planned(altered({ billing: { ...target('billing'), enabled: false } })),
          world.fork(work, current.stack(ROUTER)).plan({ args: ['-destroy', '-refresh=false'] }),
        ]);
        world.resolve(BILLING_HOST, ['10.20.1.10', '10.20.1.11']);
        expect(changesOf(without.plan)[LISTENER('s1', 'billing')]).toBe('delete');
        expect(destruction.ok, complaints(destruction)).toBe(true);
      },
      3 * MINUTES,
    );

    it(
      'targets come for which a third shard is needed',
      async () => {
        const coming = Array.from({ length: 17 }, (_, index) => [
          `new-${index}`,
          { host: `10.90.2.${index + 1}`, port: 3306, domain: `new-${index}.acme-data.com` },
        ]);
        const { plan } = await planned(altered(Object.fromEntries(coming)));
        const shown = changesOf(plan);
        const updated = Object.keys(shown).filter((address) => shown[address] !== 'create');
        expect(updated.sort()).toEqual([RULE('s1'), RULE('s2')]);
        expect(Object.keys(shown)).toEqual(
          expect.arrayContaining(['aws_lb.s3', 'aws_vpc_endpoint_service.s3', RULE('s3')]),
        );
        expect(Object.keys(shown).filter((address) => address.startsWith('aws_lb_listener.'))).toHaveLength(17);
      },
      2 * MINUTES,
    );

    it(
      'the NCC is renamed',
      async () => {
        const { plan } = await planned({ ...router, ncc: { name: 'analytics-two', workspaceIds: [1234567890123456] } });
        expect(changesOf(plan)).toEqual({
          [NCC]: 'replace',
          [RULE('s1')]: 'replace',
          [RULE('s2')]: 'replace',
          [ACCEPTER('s1')]: 'replace',
          [ACCEPTER('s2')]: 'replace',
          [BINDING]: 'update',
        });
      },
      2 * MINUTES,
    );
  });

  it(
    'changes in place what changes, and leaves the others alone',
    async () => {
      const before = await world.moto.inventory(REGION);
      await world.moto.requests(true);
      const wanted = altered({
        orders: undefined,
        ledger: undefined,
        'ledger-main': { ...target('ledger'), renamedFrom: 'ledger', port: 1522 },
        'ledger-admin': { ...target('ledger-admin'), listenPort: 15500 },
        archive: { ...target('archive'), host: '172.16.4.5' },
      });
      const result = await applied(wanted);
      expect(result.done.filter(({ address }) => address.includes('billing'))).toEqual([]);
      const after = await world.moto.inventory(REGION);
      const groups = (cloud: CloudInventory, port: number): readonly string[] =>
        balancer(cloud, 1).listeners[port] ?? [];
      expect(Object.keys(balancer(after, 1).listeners).map(Number)).toEqual([10001, 10002, 15500]);
      expect(groups(after, 10001)).toEqual(groups(before, 10001));
      expect(groups(after, 15500)).toEqual(groups(before, 10003));
      // The target group that the changed port replaces stays until the listener forwards to the new one.
      const steps = (await world.moto.requests()).map(({ action }) => action);
      const first = (action: string): number => steps.indexOf(action);
      expect(first('CreateTargetGroup')).toBeLessThan(first('ModifyListener'));
      expect(steps.lastIndexOf('RegisterTargets')).toBeLessThan(first('DeleteTargetGroup'));
      expect(first('CreateListener')).toBe(-1);
      await nothingToDo();
    },
    5 * MINUTES,
  );

  it(
    'renames its NCC while nobody is cut off',
    async () => {
      world.account.clearLog();
      const { archive: _removed, ...rest } = router.targets;
      const result = await applied({
        ...router,
        targets: rest,
        ncc: { name: 'analytics-two', workspaceIds: [1234567890123456] },
      });
      const calls = world.account.changes().map(({ method, path, status }) => {
        expect(status, path).toBeLessThan(300);
        return `${method} ${path.replace(/[0-9a-f-]{36}/g, '*')}`;
      });
      const rules = '/network-connectivity-configs/*/private-endpoint-rules';
      expect(calls).toEqual([
        'POST /network-connectivity-configs',
        `POST ${rules}`,
        `POST ${rules}`,
        'PATCH /workspaces/1234567890123456',
        `DELETE ${rules}/*`,
        `DELETE ${rules}/*`,
        'DELETE /network-connectivity-configs/*',
      ]);
      // The new endpoints are accepted before the workspace goes over to them.
      for (const shard of ['s1', 's2']) {
        expect(order(result, ACCEPTER(shard))).toBeLessThan(order(result, BINDING, 'update'));
      }
      expect(world.account.liveRules().map((rule) => rule.connection_state)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
      expect([...world.account.state.nccs.values()].map(({ name }) => name)).toEqual(['analytics-two']);
    },
    5 * MINUTES,
  );

  it(
    'keeps an emptied shard with the last domains of its rule',
    async () => {
      expect(current.plan.routers[0]?.shards.map(({ listeners }) => listeners.length)).toEqual([3, 0]);
      expect(world.account.liveRules().map((rule) => rule.domain_names)).toContainEqual(['archive.acme-data.com']);
      await nothingToDo();
    },
    3 * MINUTES,
  );

  it(
    'is prepared for its end, and so is the emptied shard',
    async () => {
      await applied({ ...router, teardown: 'prepare', shards: { s2: { teardown: 'prepare' } } });
      const cloud = await world.moto.inventory(REGION);
      const guarded = cloud.loadBalancers.map(({ attributes }) => attributes['deletion_protection.enabled']);
      expect(guarded).toEqual(['false', 'false']);
      expect((await work.outputs()).next_steps).toContain('teardown: destroy');
    },
    4 * MINUTES,
  );

  it(
    'loses the emptied shard to its last resource',
    async () => {
      const result = await applied({ ...router, shards: { s2: { teardown: 'destroy' } } });
      const gone = result.done.map(({ address }) => address);
      expect(gone.every((address) => address.includes('s2'))).toBe(true);
      const cloud = await world.moto.inventory(REGION);
      expect(cloud.loadBalancers.map(({ name }) => name)).toEqual([balancer(cloud, 1).name]);
      expect(world.account.liveRules()).toHaveLength(1);
    },
    4 * MINUTES,
  );

  it(
    'is destroyed to its last resource, NCC and binding forgotten on purpose',
    async () => {
      const wanted = { ...router, teardown: 'destroy' };
      const { plan } = await planned(wanted);
      const forgotten = Object.entries(plan.changes).filter(([, action]) => action === 'remove');
      expect(forgotten.map(([address]) => address).sort()).toEqual([BINDING, NCC].sort());
      await applied(wanted);
      expect(Object.keys(await work.state())).toEqual([]);
      expect(await world.leftovers()).toEqual([]);
      const admitted = (await world.moto.inventory(REGION)).securityGroups.find(
        ({ id }) => id === vpc.targetSecurityGroupId,
      );
      expect(admitted?.ingress).toEqual([]);
      expect(world.account.liveRules()).toEqual([]);
      const [ncc] = [...world.account.state.nccs.values()];
      expect(ncc?.name).toBe('analytics-two');
      expect(world.account.state.workspaces.get('1234567890123456')?.network_connectivity_config_id).toBe(
        ncc?.network_connectivity_config_id,
      );
      expect(world.moto.stderr()).toBe('');
    },
    5 * MINUTES,
  );
});
