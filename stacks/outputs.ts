import type { AwsNetwork, AwsShard, PrivateEndpointRule } from '../src/constructs';
import { expression, terraformText, terraformValue } from '../src/constructs';
import type { PlannedRouter, PlannedShard } from '../src/model';

/** A shard as it stands in the stack. */
export interface StackShard {
  readonly plan: PlannedShard;
  readonly aws: AwsShard;
  readonly endpoint: PrivateEndpointRule;
}

/** One output of the stack. */
export interface Output {
  readonly description: string;
  readonly value: unknown;
}

/** What people and pipelines need to know of a router once it is applied, by the outputs' names. */
export function routerOutputs(
  router: PlannedRouter,
  shards: readonly StackShard[],
  network: AwsNetwork,
  nccId: string,
): Record<string, Output> {
  const outputs: Record<string, Output> = {};
  const output = (name: string, description: string, value: unknown): void => {
    outputs[name] = { description, value };
  };
  const byShard = (value: (shard: StackShard) => string): Record<string, string> =>
    Object.fromEntries(shards.map((shard) => [shard.plan.key, value(shard)]));

  output('ncc_id', 'Network connectivity configuration that holds the rules.', nccId);
  output(
    'endpoint_service_names',
    'Name of the VPC endpoint service of each shard.',
    byShard(({ aws }) => aws.endpointService.serviceName),
  );
  output(
    'load_balancer_arns',
    'ARN of the network load balancer of each shard.',
    byShard(({ aws }) => aws.loadBalancer.loadBalancer.arn),
  );
  output(
    'security_group_ids',
    'Security group of the load balancer of each shard.',
    byShard(({ aws }) => aws.loadBalancer.securityGroup.id),
  );
  output(
    'private_endpoint_ids',
    'VPC endpoint that Databricks made for each shard; empty until it is made.',
    byShard(({ endpoint }) => endpoint.rule.vpcEndpointId),
  );
  output(
    'private_endpoint_states',
    'State of the private endpoint rule of each shard when Terraform last looked; only ESTABLISHED carries traffic.',
    byShard(({ endpoint }) => endpoint.rule.connectionState),
  );
  output(
    'connections',
    'What to dial in Databricks for each target, and where it leads.',
    expression('local.connections'),
  );
  output(
    'target_admission_cidrs',
    'Networks from which the load balancers speak to targets: every target has to admit them.',
    expression(network.subnetCidrs),
  );
  output(
    'target_security_group_rules',
    'Inbound rules that the owner of each target has to have.',
    expression(`merge([${shards.map(({ aws }) => admissionRules(aws, network)).join(', ')}]...)`),
  );
  if (router.approval === 'manual') addApprovalOutputs(output, router, shards);
  if (router.teardown === 'prepare') {
    output('next_steps', 'What comes after teardown: prepare.', terraformText(nextSteps(router)));
  }
  return outputs;
}

/** What to dial for each target and where it leads, by target. */
export function connections(router: PlannedRouter): Record<string, Record<string, string | number>> {
  const rows = router.shards.flatMap((shard) =>
    shard.listeners.map(({ target, domain, listenerPort, host, port }) => [
      target,
      { domain, listener_port: listenerPort, shard: shard.name, host, port },
    ]),
  );
  return terraformValue(Object.fromEntries(rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))));
}

function admissionRules(shard: AwsShard, network: AwsNetwork): string {
  const rule = `{ protocol = "tcp", from_port = tonumber(port), to_port = tonumber(port), cidr_ipv4 = cidr }`;
  const rules = `flatten([for port in ports : [for cidr in ${network.subnetCidrs} : ${rule}]])`;
  return `{ for name, ports in ${shard.addresses.ports} : name => ${rules} }`;
}

function addApprovalOutputs(
  output: (name: string, description: string, value: unknown) => void,
  router: PlannedRouter,
  shards: readonly StackShard[],
): void {
  const command = (verb: string, { aws, endpoint }: StackShard): string => {
    const service = aws.endpointService;
    const rule = `${endpoint.rule.terraformResourceType}.${endpoint.rule.friendlyUniqueId}`;
    const id = `${service.terraformResourceType}.${service.friendlyUniqueId}.id`;
    const text = `aws ec2 ${verb}-vpc-endpoint-connections --region \${local.region} --service-id \${${id}} --vpc-endpoint-ids \${${rule}.vpc_endpoint_id}`;
    const made = `startswith(coalesce(${rule}.vpc_endpoint_id, "none"), "vpce-")`;
    return expression(
      `${made} ? "${text}" : "Databricks has not made the endpoint yet: run terraform apply -refresh-only in some minutes"`,
    );
  };
  output(
    'approval_commands',
    'How to accept the private endpoint of each shard; not accepted in 14 days, its rule expires.',
    Object.fromEntries(shards.map((shard) => [shard.plan.key, command('accept', shard)])),
  );
  const leaving = shards.filter(({ plan }) => !plan.deletionProtection);
  if (router.teardown === 'prepare' || leaving.length > 0) {
    output(
      'rejection_commands',
      'To run before what is prepared for destruction is destroyed: a service with a live connection cannot go.',
      Object.fromEntries(leaving.map((shard) => [shard.plan.key, command('reject', shard)])),
    );
  }
}

function nextSteps(router: PlannedRouter): string {
  const steps = [
    `Deletion protection of ${router.deployment} is off.`,
    ...(router.approval === 'manual' ? ['Run the rejection_commands.'] : []),
    'Then set teardown: destroy for this router, write the Terraform again and apply it.',
    'The workspaces stay attached to the network connectivity configuration, which stays too: Terraform forgets both, and ncc: { id } takes it back.',
  ];
  return steps.join(' ');
}
