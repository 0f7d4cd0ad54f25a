import type { ITerraformDependable } from 'cdktf';
import type { AwsNetwork, AwsShard, PrivateEndpointRule } from '../src/constructs';
import { expression, foreignAdmissionCommands, terraformText } from '../src/constructs';
import { foreignGroupAdmissions } from '../src/flows';
import type { PlannedAwsRouter, PlannedAwsShard } from '../src/model';
import { nextSteps, type Output } from './outputs';

/** A shard as it stands in the stack. */
export interface AwsStackShard {
  readonly plan: PlannedAwsShard;
  readonly aws: AwsShard;
  readonly rule: PrivateEndpointRule['rule'];
  /** Undefined where approval is manual. */
  readonly accepter?: ITerraformDependable;
}

/** What people and pipelines need to know of a router once it is applied, by the outputs' names. */
export function awsOutputs(
  router: PlannedAwsRouter,
  shards: readonly AwsStackShard[],
  network: AwsNetwork,
  nccId: string,
): Record<string, Output> {
  const outputs: Record<string, Output> = {};
  const output = (name: string, description: string, value: unknown): void => {
    outputs[name] = { description, value };
  };
  const byShard = (value: (shard: AwsStackShard) => string): Record<string, string> =>
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
    byShard(({ rule }) => rule.vpcEndpointId),
  );
  output(
    'private_endpoint_states',
    'State of the private endpoint rule of each shard when Terraform last looked; only ESTABLISHED carries traffic.',
    byShard(({ rule }) => rule.connectionState),
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
  const foreign = foreignAdmissionCommands(foreignGroupAdmissions(router), {
    region: 'local.region',
    cidrs: network.subnetCidrs,
  });
  if (Object.keys(foreign).length > 0) {
    output(
      'foreign_security_group_commands',
      'For the owner of each security group in another account: the command that admits the load balancers. Where the group is in another region than the router, write that region in it.',
      foreign,
    );
  }
  if (router.approval === 'manual') addApprovalOutputs(output, router, shards);
  if (router.teardown === 'prepare') {
    const before = router.approval === 'manual' ? ['Run the rejection_commands.'] : [];
    output('next_steps', 'What comes after teardown: prepare.', terraformText(nextSteps(router, before)));
  }
  return outputs;
}

function admissionRules(shard: AwsShard, network: AwsNetwork): string {
  const rule = `{ protocol = "tcp", from_port = tonumber(port), to_port = tonumber(port), cidr_ipv4 = cidr }`;
  const rules = `flatten([for port in ports : [for cidr in ${network.subnetCidrs} : ${rule}]])`;
  return `{ for name, ports in ${shard.addresses.ports} : name => ${rules} }`;
}

function addApprovalOutputs(
  output: (name: string, description: string, value: unknown) => void,
  router: PlannedAwsRouter,
  shards: readonly AwsStackShard[],
): void {
  const command = (verb: string, { aws, rule }: AwsStackShard): string => {
    const service = aws.endpointService;
    const address = `${rule.terraformResourceType}.${rule.friendlyUniqueId}`;
    const id = `${service.terraformResourceType}.${service.friendlyUniqueId}.id`;
    const text = `aws ec2 ${verb}-vpc-endpoint-connections --region \${local.region} --service-id \${${id}} --vpc-endpoint-ids \${${address}.vpc_endpoint_id}`;
    const made = `startswith(coalesce(${address}.vpc_endpoint_id, "none"), "vpce-")`;
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
