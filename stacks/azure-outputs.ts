import type {
  AzureEgress,
  AzureNetwork,
  AzurePool,
  AzureShard,
  EndpointApproval,
  PrivateEndpointRule,
} from '../src/constructs';
import { expression, terraformText } from '../src/constructs';
import type { Approval, PlannedAzureRouter, PlannedAzureShard, PlannedPool } from '../src/model';
import { nextSteps, type Output } from './outputs';

/** A pool as it stands in the stack. */
export interface AzureStackPool {
  readonly plan: PlannedPool;
  readonly pool: AzurePool;
  readonly shards: readonly AzureStackShard[];
}

/** A shard as it stands in the stack. */
export interface AzureStackShard {
  readonly plan: PlannedAzureShard;
  readonly azure: AzureShard;
  readonly rule: PrivateEndpointRule['rule'];
  readonly approval: EndpointApproval;
}

/** What the outputs need of the resources that all pools share. */
export interface AzureStackParts {
  readonly network: AzureNetwork;
  /** Undefined without a NAT gateway of ours. */
  readonly egress: AzureEgress | undefined;
  /** The NCC's id as a template. */
  readonly nccId: string;
}

/** What people and pipelines need to know of a router once it is applied, by the outputs' names. */
export function azureOutputs(
  router: PlannedAzureRouter,
  pools: readonly AzureStackPool[],
  { network, egress, nccId }: AzureStackParts,
): Record<string, Output> {
  const outputs: Record<string, Output> = {};
  const output = (name: string, description: string, value: unknown): void => {
    outputs[name] = { description, value };
  };
  const shards = pools.flatMap((pool) => pool.shards);
  const byShard = (value: (shard: AzureStackShard) => string): Record<string, string> =>
    Object.fromEntries(shards.map((shard) => [shard.plan.key, value(shard)]));
  const byPool = (value: (pool: AzurePool) => string): Record<string, string> =>
    Object.fromEntries(pools.map(({ plan, pool }) => [plan.key, value(pool)]));

  output('ncc_id', 'Network connectivity configuration that holds the rules.', nccId);
  output(
    'private_link_service_ids',
    'Id of the Private Link Service of each shard.',
    byShard(({ azure }) => azure.service.id),
  );
  output(
    'private_link_service_aliases',
    'Alias of the Private Link Service of each shard; Databricks takes the id.',
    byShard(({ azure }) => azure.service.alias),
  );
  output(
    'private_endpoint_names',
    'Private endpoint that Databricks made for each shard; empty until it is made.',
    byShard(({ rule }) => rule.endpointName),
  );
  output(
    'private_endpoint_states',
    'State of the private endpoint rule of each shard when Terraform last looked; only ESTABLISHED carries traffic.',
    byShard(({ rule }) => rule.connectionState),
  );
  output(
    'frontend_addresses',
    'Address of the frontend of each shard. It answers the NAT addresses of the Private Link Service alone.',
    Object.fromEntries(
      pools.flatMap((pool) => pool.shards.map(({ plan }) => [plan.key, frontendAddress(pool.plan, plan)])),
    ),
  );
  output(
    'load_balancer_ids',
    'Id of the load balancer of each pool.',
    byPool(({ balancer }) => balancer.loadBalancer.id),
  );
  output(
    'scale_set_ids',
    'Id of the scale set of each pool.',
    byPool(({ machines }) => machines.scaleSet.id),
  );
  output(
    'connections',
    'What to dial in Databricks for each target, and where it leads.',
    expression('local.connections'),
  );
  output(
    'firewall_rules',
    'What firewalls between the forwarders and the targets have to admit.',
    expression(`[for to in local.firewall_destinations : merge({ sources = ${network.vmCidrs} }, to)]`),
  );
  if (egress !== undefined) {
    output('egress_address', 'Address as which the forwarders appear in the internet.', egress.address);
  }
  if (router.approval === 'manual') {
    output(
      'approval_commands',
      'How to approve the private endpoint of each shard; not approved in 14 days, its rule expires.',
      byShard(approvalCommand),
    );
  }
  const leaving = shards.filter(({ plan }) => !plan.deletionProtection);
  if (router.teardown === 'prepare' || leaving.length > 0) {
    output(
      'rejection_commands',
      'To run before what is prepared for destruction is destroyed: a service with a connection cannot go.',
      Object.fromEntries(leaving.map((shard) => [shard.plan.key, rejectionCommands(shard, router.approval)])),
    );
  }
  if (router.teardown === 'prepare') {
    const before = ['Run the rejection_commands, where there are any.'];
    output('next_steps', 'What comes after teardown: prepare.', terraformText(nextSteps(router, before)));
  }
  return outputs;
}

/** By name: the position of a frontend changes when another one comes or goes. */
function frontendAddress(pool: PlannedPool, shard: PlannedAzureShard): string {
  const frontends = `azurerm_lb.${pool.key}.frontend_ip_configuration`;
  return expression(`one([for f in ${frontends} : f.private_ip_address if f.name == "${shard.frontendName}"])`);
}

/** The command line of one connection of the shard's service. @param name an expression of the connection's name */
function connectionCommand(verb: string, { azure }: AzureStackShard, name: string): string {
  const service = `${azure.service.terraformResourceType}.${azure.service.friendlyUniqueId}`;
  // The id names subscription, group and service in one.
  return `az network private-link-service connection ${verb} --ids \${${service}.id}/privateEndpointConnections/\${${name}}`;
}

function approvalCommand(shard: AzureStackShard): string {
  const found = shard.approval.connections;
  const command = connectionCommand('update --connection-status Approved', shard, `${found}[0].connection_name`);
  const none = 'Databricks has not made the endpoint yet: run terraform apply -refresh-only in some minutes';
  const several = 'More than one private endpoint has the name of that of Databricks: find out whose they are first';
  return expression(`length(${found}) == 1 ? "${command}" : length(${found}) == 0 ? "${none}" : "${several}"`);
}

/** All connections, but for the one that goes with its approval when Terraform destroys that. */
function rejectionCommands(shard: AzureStackShard, approval: Approval): string {
  const { allConnections, connections } = shard.approval;
  const others =
    approval === 'manual' ? '' : ` if !contains([for own in ${connections} : own.connection_id], c.connection_id)`;
  return expression(
    `[for c in ${allConnections} : "${connectionCommand('delete', shard, 'c.connection_name')}"${others}]`,
  );
}
