import type { TerraformStack } from 'cdktf';
import {
  AzureEgress,
  AzureNetwork,
  AzurePool,
  AzureShard,
  addAzureProviders,
  addListenerRules,
  EndpointApproval,
  ForwarderMachine,
  NetworkConnectivity,
  PrivateEndpointRule,
  poolTargets,
  Reference,
  RouterTags,
  severalHostsIn,
  WorkspaceBindings,
} from '../src/constructs';
import {
  defined,
  hasForwarderPorts,
  hasSharedListeners,
  type PlannedAzureRouter,
  type PlannedAzureShard,
  type PlannedPool,
} from '../src/model';
import { firewallDestinations } from './azure-firewall';
import { type AzureStackPool, type AzureStackShard, azureOutputs } from './azure-outputs';
import { handedOverAddresses, type StackContent, unboundAddresses } from './content';
import { connections, type Output } from './outputs';
import { INVENTORY_WORDS } from './words';

/** What the resources of a router share. */
interface Shared {
  readonly router: PlannedAzureRouter;
  readonly network: AzureNetwork;
  readonly machine: ForwarderMachine;
  readonly egress: AzureEgress | undefined;
  /** The reference of the shared tags. */
  readonly tags: string;
  readonly nccId: string;
}

/** Puts a router of Azure into its stack. */
export function fillAzureStack(router: PlannedAzureRouter, stack: TerraformStack): StackContent {
  const leaving = router.teardown === 'destroy';
  addAzureProviders(stack, { azure: router.azure, databricks: router.databricks });
  return {
    providers: ['azurerm', 'databricks'],
    ...(leaving ? { literals: {}, outputs: {} } : addRouter(stack, router)),
    // Rules are keyed by listener port: a target's name stands in no address.
    moved: [],
    forgotten: leaving ? unboundAddresses(router) : handedOverAddresses(router),
  };
}

function addRouter(
  stack: TerraformStack,
  router: PlannedAzureRouter,
): { readonly literals: Readonly<Record<string, unknown>>; readonly outputs: Readonly<Record<string, Output>> } {
  const { azure, names } = router;
  const tags = new RouterTags(stack, {
    router: router.name,
    ...defined({ environment: router.env }),
    tags: router.tags,
    anyCase: true,
  }).reference;
  const network = new AzureNetwork(stack, 'network', {
    azure,
    virtualNetworkName: names.virtualNetwork,
    tags,
    words: INVENTORY_WORDS,
  });
  const egress =
    azure.forwarder.egress.kind === 'nat'
      ? new AzureEgress(stack, 'egress', {
          network,
          natGatewayName: names.natGateway,
          publicIpName: names.publicIp,
          zones: azure.forwarder.zones,
          tags,
        })
      : undefined;
  const machine = new ForwarderMachine(stack, 'machine', { forwarder: azure.forwarder, resolvers: router.resolvers });
  const ncc = new NetworkConnectivity(stack, 'ncc', { ncc: router.ncc, region: azure.location });
  const shared: Shared = { router, network, machine, egress, tags, nccId: ncc.id };
  const pools = router.pools.map((plan) => addPool(stack, plan, shared));
  new WorkspaceBindings(stack, 'workspaces', {
    nccId: ncc.id,
    workspaceIds: router.ncc.workspaceIds,
    after: pools.flatMap(({ shards }) =>
      shards.flatMap(({ rule, approval, azure: { rules } }) => [
        rule,
        approval.deployment,
        ...(rules === undefined ? [] : [rules]),
      ]),
    ),
  });
  const targets = router.pools.map((plan) => [targetsLocal(plan), poolTargets(shardsOf(router, plan))]);
  return {
    literals: {
      ...Object.fromEntries(targets),
      connections: connections(router),
      firewall_destinations: firewallDestinations(router),
    },
    outputs: azureOutputs(router, pools, { network, egress, nccId: ncc.id }),
  };
}

function addPool(stack: TerraformStack, plan: PlannedPool, shared: Shared): AzureStackPool {
  const { router, network, machine, egress, tags } = shared;
  const { forwarder, loadBalancing } = router.azure;
  const shards = shardsOf(router, plan);
  const customData = router.limits['azure.customDataSize'];
  const extensionScript = router.limits['azure.extensionScriptSize'];
  const pool = new AzurePool(stack, plan.key, {
    plan,
    frontends: shards.map((shard) => shard.frontendName),
    network,
    machine,
    forwarder,
    loadBalancing,
    targets: `local.${targetsLocal(plan)}`,
    several: severalHostsIn(shards),
    otherPorts: hasForwarderPorts(shards),
    sharedPorts: hasSharedListeners(shards),
    after: egress?.ready ?? [],
    limits: {
      ...defined({ customData, extensionScript }),
    },
    tags,
  });
  const stackShards = shards.map((shard) => addShard(stack, shard, pool, shared));
  addListenerRules(
    stackShards.map(({ azure }) => azure),
    loadBalancing,
  );
  return { plan, pool, shards: stackShards };
}

function addShard(
  stack: TerraformStack,
  plan: PlannedAzureShard,
  pool: AzurePool,
  { router, network, tags, nccId }: Shared,
): AzureStackShard {
  const azure = new AzureShard(stack, plan.key, { plan, azure: router.azure, network, pool, tags });
  const { rule } = new PrivateEndpointRule(stack, `${plan.key}-endpoint`, {
    shard: plan.key,
    nccId,
    origin: { cloud: 'azure', service: azure.service.id },
    domains: plan.domains,
  });
  const approval = new EndpointApproval(stack, `${plan.key}-approval`, {
    shard: plan.key,
    network,
    service: azure.service,
    endpointName: new Reference(`${rule.terraformResourceType}.${rule.friendlyUniqueId}.endpoint_name`),
    approval: router.approval,
    tags,
  });
  return { plan, azure, rule, approval };
}

function shardsOf(router: PlannedAzureRouter, pool: PlannedPool): readonly PlannedAzureShard[] {
  return router.shards.filter((shard) => shard.pool === pool.key);
}

function targetsLocal(pool: PlannedPool): string {
  return `${pool.key}_targets`;
}
