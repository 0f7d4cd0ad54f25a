import { TerraformLocal, type TerraformStack } from 'cdktf';
import {
  AwsNetwork,
  AwsShard,
  EndpointAcceptance,
  expression,
  pinned,
  Reference,
  RouterTags,
  TargetAdmission,
} from '../../constructs';
import { MODULE_WORDS } from '../words';
import { ADMISSIONS, COMPUTED_LOCALS, tableLocals } from './locals';
import { LOAD_BALANCER_NAME, SECURITY_GROUP_NAME } from './names';
import { awsPreconditions } from './preconditions';

/** The constructs of a router with one shard, given references to the module's inputs where a stack gives the plan. */
export function fillAwsModule(stack: TerraformStack): void {
  const local = (name: string, value: unknown): void => {
    pinned(new TerraformLocal(stack, `${name}-local`, value), name);
  };
  for (const [name, value] of Object.entries(tableLocals())) local(name, value);
  for (const [name, value] of Object.entries(COMPUTED_LOCALS)) local(name, expression(value));
  local('load_balancer_name', expression(LOAD_BALANCER_NAME));
  local('security_group_name', expression(SECURITY_GROUP_NAME));

  const name = new Reference('var.name');
  const network = new AwsNetwork(stack, 'network', {
    vpcId: new Reference('var.vpc_id'),
    subnetIds: new Reference('var.subnet_ids'),
    region: new Reference('var.region'),
    words: MODULE_WORDS,
  });
  const tags = new RouterTags(stack, { router: name, tags: new Reference('var.tags') }).reference;
  const shard = new AwsShard(stack, 'shard', {
    name: new Reference('"${var.name}-1"'),
    network,
    targets: 'local.targets',
    resolves: true,
    positions: true,
    loadBalancerName: new Reference('local.load_balancer_name'),
    securityGroupName: new Reference('local.security_group_name'),
    deletionProtection: new Reference('var.deletion_protection'),
    principal: new Reference('local.principal'),
    limits: {
      egressRules: new Reference('var.limits.rules_per_security_group'),
      attachments: new Reference('var.limits.targets_per_load_balancer'),
    },
    preconditions: awsPreconditions(),
    tags,
    words: MODULE_WORDS,
  });
  new TargetAdmission(stack, 'target-admission', {
    deployment: name,
    network,
    admissions: new Reference(ADMISSIONS),
    tags,
  });
  new EndpointAcceptance(stack, 'acceptance', {
    endpointService: shard.endpointService,
    endpoint: new Reference('var.private_endpoint_id'),
    when: 'var.approval == "terraform"',
  });
}
