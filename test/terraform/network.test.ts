import { afterAll, beforeAll, expect, it } from 'vitest';
import { EMPTY_LOCK } from '../../src/lock';
import { awsRouter, type Emission, emit, inventoryOf } from './support/emission';
import { type ApplyResult, changesOf, complaints, type PlanResult } from './support/events';
import { describeWith } from './support/gate';
import type { CloudInventory, SeededVpc } from './support/moto';
import type { Workspace } from './support/workspace';
import { REGION, startWorld, type World } from './support/world';

const ROUTER = 'analytics';
const MINUTES = 60_000;
const BALANCER = 'aws_lb.s1';
const SERVICE = 'aws_vpc_endpoint_service.s1';
const RULE = 'databricks_mws_ncc_private_endpoint_rule.s1';
const ACCEPTER = 'aws_vpc_endpoint_connection_accepter.s1';
const BINDING = 'databricks_mws_ncc_binding.workspace["1234567890123456"]';
const TARGETS = {
  orders: { host: '10.90.1.11', domain: 'orders.acme-data.com', preset: 'postgres' },
  crm: { host: '10.90.1.12', domain: 'crm.acme-data.com', preset: 'mysql' },
};

describeWith(['terraform', 'python3', 'moto', 'providers'], 'a router whose network changes', () => {
  let world: World;
  let vpc: SeededVpc;
  let work: Workspace;
  let current: Emission;

  beforeAll(async () => {
    world = await startWorld('network');
    vpc = await world.seedVpc();
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function emitted(subnetIds: readonly string[], { vpcId } = vpc): Emission {
    const router = { deletionProtection: false, targets: TARGETS };
    const document = inventoryOf(world, { vpcId, subnetIds }, { [ROUTER]: router });
    return emit(world, document, current?.lock ?? EMPTY_LOCK);
  }

  /** Goes over to other subnets: from now on the router is this one. */
  function take(subnetIds: readonly string[], network = vpc): Emission {
    const before = current;
    current = emitted(subnetIds, network);
    work.take(current.stack(ROUTER));
    return before;
  }

  function names({ plan }: Emission): { readonly balancer: string; readonly groups: readonly string[] } {
    const [shard] = awsRouter(plan).shards;
    if (shard === undefined) throw new Error('the router has no shard');
    return {
      balancer: shard.loadBalancerName,
      groups: shard.listeners.map(({ backends: [one] }) => one.targetGroupName),
    };
  }

  function attachments(emission: Emission, action: 'create' | 'delete'): PlanResult['changes'] {
    const [orders, crm] = names(emission).groups;
    const address = (group: string | undefined, ip: string): string =>
      `aws_lb_target_group_attachment.s1_address["${group}/${ip}"]`;
    return { [address(orders, '10.90.1.11')]: action, [address(crm, '10.90.1.12')]: action };
  }

  function order(result: ApplyResult, address: string, action: string): number {
    const index = result.done.findIndex((step) => step.address === address && step.action === action);
    expect(index, `${action} of ${address} in ${JSON.stringify(result.done)}`).toBeGreaterThanOrEqual(0);
    return index;
  }

  /** The identities by which Databricks knows the router. */
  async function connection(): Promise<readonly unknown[]> {
    const state = await work.state();
    return [state[SERVICE]?.id, state[SERVICE]?.service_name, state[RULE]?.rule_id, state[ACCEPTER]?.vpc_endpoint_id];
  }

  /** The cloud holds the current load balancer with its groups and listeners, and nothing of those before. */
  async function onlyTheCurrentStands(subnetIds: readonly string[]): Promise<CloudInventory> {
    const cloud = await world.moto.inventory(REGION);
    const { balancer, groups } = names(current);
    expect(cloud.loadBalancers).toMatchObject([
      { name: balancer, listeners: { 10000: [groups[0]], 10001: [groups[1]] } },
    ]);
    // The provider keeps subnets as a set: their order is that of its hashes, and ids are new in each run.
    expect([...(cloud.loadBalancers[0]?.subnets ?? [])].sort()).toEqual([...subnetIds].sort());
    expect(cloud.targetGroups.map(({ name }) => name).sort()).toEqual([...groups].sort());
    expect(cloud.endpointServices).toMatchObject([{ loadBalancers: [cloud.loadBalancers[0]?.arn] }]);
    expect(world.account.liveRules().map((rule) => rule.connection_state)).toEqual(['ESTABLISHED']);
    return cloud;
  }

  async function nothingToDo(): Promise<void> {
    expect(changesOf(await work.plan())).toEqual({});
  }

  it(
    'stands in two subnets',
    async () => {
      current = emitted(vpc.subnetIds);
      work = world.workspace(current.stack(ROUTER), 'network');
      await work.init();
      const result = await work.apply();
      expect(result.ok, complaints(result)).toBe(true);
    },
    5 * MINUTES,
  );

  it(
    'loses a subnet: new ones are made beside the old ones, and the service changes over in place',
    async () => {
      const [kept = ''] = vpc.subnetIds;
      const known = await connection();
      const before = take([kept]);
      expect(current.warnings).toContain('PLR2512');
      expect(names(current).balancer).not.toBe(names(before).balancer);

      expect(changesOf(await work.plan())).toEqual({
        [BALANCER]: 'replace',
        ...Object.fromEntries(
          Object.keys(TARGETS).flatMap((name) => [
            [`aws_lb_target_group.s1_target["${name}"]`, 'replace'],
            [`aws_lb_listener.s1_listener["${name}"]`, 'replace'],
          ]),
        ),
        ...attachments(before, 'delete'),
        ...attachments(current, 'create'),
        [SERVICE]: 'update',
      });
      world.account.clearLog();
      const result = await work.apply({ args: ['tfplan'] });
      expect(result.ok, complaints(result)).toBe(true);

      const change = order(result, SERVICE, 'update');
      for (const name of Object.keys(TARGETS)) {
        expect(order(result, `aws_lb_listener.s1_listener["${name}"]`, 'create')).toBeLessThan(change);
        expect(order(result, `aws_lb_listener.s1_listener["${name}"]`, 'delete')).toBeGreaterThan(change);
      }
      expect(order(result, BALANCER, 'delete')).toBeGreaterThan(change);
      expect(await connection()).toEqual(known);
      expect(world.account.changes()).toEqual([]);
      await onlyTheCurrentStands([kept]);
      await nothingToDo();
    },
    6 * MINUTES,
  );

  it(
    'goes to another VPC also where a connected endpoint keeps the load balancer of its service, by way of the rule',
    async () => {
      const other = await world.seedVpc();
      const known = await connection();
      const stood = await world.moto.inventory(REGION);
      const old = stood.loadBalancers[0];
      take(other.subnetIds, other);
      await world.moto.keepLoadBalancers(true);
      const refused = await work.apply();
      expect(refused.ok).toBe(false);
      expect(complaints(refused)).toContain('has endpoints connected');
      // Nobody is cut off yet: the service leads to the old load balancer, and that is whole.
      const between = await world.moto.inventory(REGION);
      expect(between.loadBalancers.find(({ arn }) => arn === old?.arn)).toEqual(old);
      expect(between.endpointServices).toEqual(stood.endpointServices);
      expect(between.targetGroups).toEqual(expect.arrayContaining([...stood.targetGroups]));
      expect(stood.targetGroups.flatMap(({ targets }) => Object.keys(targets)).sort()).toEqual([
        '10.90.1.11',
        '10.90.1.12',
      ]);
      const own = (cloud: CloudInventory): unknown =>
        cloud.securityGroups.find(({ id }) => id === old?.securityGroups[0]);
      expect(own(between)).toEqual(own(stood));

      const without = await work.apply({ args: ['-destroy', `-target=${RULE}`] });
      expect(without.ok, complaints(without)).toBe(true);
      expect(without.done.map(({ address }) => address).sort()).toEqual([ACCEPTER, BINDING, RULE].sort());
      const again = await work.apply();
      expect(again.ok, complaints(again)).toBe(true);
      const now = await connection();
      expect(now.slice(0, 2)).toEqual(known.slice(0, 2));
      expect(now[3]).not.toBe(known[3]);
      const cloud = await onlyTheCurrentStands(other.subnetIds);
      const groups = cloud.securityGroups.filter(({ name }) => name.startsWith('plr-'));
      expect(groups.map(({ vpcId }) => vpcId)).toEqual([other.vpcId]);
      await nothingToDo();
      expect(world.moto.stderr()).toBe('');
    },
    8 * MINUTES,
  );
});
