import type { ModuleOutput } from '../definition';
import { FOREIGN_ADMISSIONS } from './locals';

const SERVICE = 'aws_vpc_endpoint_service.this';
const BALANCER = 'aws_lb.this';

/** The command line with which a person accepts or rejects the endpoint. */
function command(verb: 'accept' | 'reject'): string {
  const text = `aws ec2 ${verb}-vpc-endpoint-connections --region \${var.region} --service-id \${${SERVICE}.id} --vpc-endpoint-ids \${var.private_endpoint_id}`;
  return `startswith(coalesce(var.private_endpoint_id, "none"), "vpce-") ? "${text}" : "Databricks has not made the endpoint yet, or private_endpoint_id is not wired to the module that makes its rule."`;
}

/** The outputs of the module. */
export const AWS_OUTPUTS: readonly ModuleOutput[] = [
  {
    name: 'endpoint_service_name',
    description: "Name of the VPC endpoint service: what Databricks' private endpoint rule leads to.",
    value: `${SERVICE}.service_name`,
  },
  { name: 'endpoint_service_id', description: 'Id of the VPC endpoint service.', value: `${SERVICE}.id` },
  { name: 'load_balancer_arn', description: 'ARN of the network load balancer.', value: `${BALANCER}.arn` },
  { name: 'load_balancer_name', description: 'Name of the network load balancer.', value: `${BALANCER}.name` },
  {
    name: 'security_group_id',
    description: 'Security group of the load balancer.',
    value: 'aws_security_group.load_balancer.id',
  },
  {
    name: 'listener_ports',
    description: 'The port that clients dial, of each enabled target.',
    value: '{ for name, t in local.targets : name => t.listener_port }',
  },
  {
    name: 'connections',
    description: 'What to dial in Databricks for each enabled target, and where it leads.',
    value: `{ for name, t in local.targets : name => {
  domain        = t.domain
  listener_port = t.listener_port
  shard         = "\${var.name}-1"
  host          = t.host
  port          = t.port
} }`,
  },
  {
    name: 'domains',
    description: "The names that clients dial, lower case, sorted, each once: the domain_names of Databricks' rule.",
    value: 'local.domains',
  },
  {
    name: 'target_admission_cidrs',
    description: 'Networks from which the load balancer speaks to targets: every target has to admit them.',
    value: 'local.subnet_cidrs',
  },
  {
    name: 'target_security_group_rules',
    description: 'Inbound rules that the owner of each target has to have.',
    value: `{ for name, ports in local.ports : name => flatten([for port in ports : [for cidr in local.subnet_cidrs : {
  protocol  = "tcp"
  from_port = tonumber(port)
  to_port   = tonumber(port)
  cidr_ipv4 = cidr
}]]) }`,
  },
  {
    name: 'foreign_security_group_commands',
    description:
      'For the owner of each of security_group_ids in another account (ACCOUNT/sg-…): the command that admits the load balancer. Where the group is in another region, write that one in it.',
    value: FOREIGN_ADMISSIONS,
  },
  {
    name: 'accepted_endpoint_id',
    description:
      'The private endpoint once it is accepted; null with approval = "manual". Hand it to the databricks module as bind_after, so that workspaces come when the way is open.',
    value: 'one(aws_vpc_endpoint_connection_accepter.this[*].vpc_endpoint_id)',
  },
  {
    name: 'approval_command',
    description:
      'How to accept the private endpoint; null unless approval is manual. Not accepted in 14 days, it expires.',
    value: `var.approval != "manual" ? null : ${command('accept')}`,
  },
  {
    name: 'rejection_command',
    description:
      'To run before the module is destroyed, where approval is manual (null otherwise): a service with a live connection cannot go.',
    value: `var.approval != "manual" ? null : ${command('reject')}`,
  },
];
