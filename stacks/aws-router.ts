import { TerraformLocal, type TerraformStack } from 'cdktf';
import {
  AwsNetwork,
  AwsShard,
  accepterAddress,
  addAwsProviders,
  EndpointAcceptance,
  hasSeveralHosts,
  NetworkConnectivity,
  PrivateEndpointRule,
  pinned,
  RouterTags,
  shardTargets,
  TargetAdmission,
  tagsTargets,
  targetAdmissions,
  terraformText,
  WorkspaceBindings,
} from '../src/constructs';
import { targetGroupAdmissions } from '../src/flows';
import { backendsOf, defined, type PlannedAwsRouter, type PlannedAwsShard } from '../src/model';
import { type AwsStackShard, awsOutputs } from './aws-outputs';
import { handedOverAddresses, type StackContent, unboundAddresses } from './content';
import { movedAddresses } from './moved';
import { connections, type Output } from './outputs';
import { INVENTORY_WORDS } from './words';

/** Puts a router of AWS into its stack. */
export function fillAwsStack(router: PlannedAwsRouter, stack: TerraformStack): StackContent {
  const leaving = router.teardown === 'destroy';
  const resolves = !leaving && router.shards.some(resolvesNames);
  addAwsProviders(stack, { aws: router.aws, databricks: router.databricks, dns: resolves });
  return {
    providers: resolves ? ['aws', 'databricks', 'dns'] : ['aws', 'databricks'],
    ...(leaving ? { literals: {}, outputs: {} } : addRouter(stack, router)),
    moved: leaving ? [] : movedAddresses(router),
    forgotten: leaving ? unboundAddresses(router) : [...handedOverAddresses(router), ...unacceptedAddresses(router)],
  };
}

function addRouter(
  stack: TerraformStack,
  router: PlannedAwsRouter,
): { readonly literals: Readonly<Record<string, unknown>>; readonly outputs: Readonly<Record<string, Output>> } {
  pinned(new TerraformLocal(stack, 'region', terraformText(router.aws.region)), 'region');
  const { vpcId, subnetIds } = router.aws;
  const network = new AwsNetwork(stack, 'network', { vpcId, subnetIds, words: INVENTORY_WORDS });
  const tags = new RouterTags(stack, {
    router: router.name,
    ...defined({ environment: router.env }),
    tags: router.tags,
  });
  const ncc = new NetworkConnectivity(stack, 'ncc', { ncc: router.ncc, region: router.aws.region });
  const shards = router.shards.map((plan) => addShard(stack, router, plan, network, tags.reference, ncc.id));
  const groups = targetGroupAdmissions(router);
  if (groups.length > 0) {
    new TargetAdmission(stack, 'target-admission', {
      deployment: router.deployment,
      network,
      admissions: targetAdmissions(groups, subnetIds),
      tags: tags.reference,
    });
  }
  new WorkspaceBindings(stack, 'workspaces', {
    nccId: ncc.id,
    workspaceIds: router.ncc.workspaceIds,
    after: shards.flatMap(({ rule, accepter }) => (accepter === undefined ? [rule] : [rule, accepter])),
  });
  const targets = router.shards.map((plan) => [targetsLocal(plan), shardTargets(plan)]);
  return {
    literals: { ...Object.fromEntries(targets), connections: connections(router) },
    outputs: awsOutputs(router, shards, network, ncc.id),
  };
}

function addShard(
  stack: TerraformStack,
  router: PlannedAwsRouter,
  plan: PlannedAwsShard,
  network: AwsNetwork,
  tags: string,
  nccId: string,
): AwsStackShard {
  const egressRules = router.limits['aws.rulesPerSecurityGroup'];
  const attachments = router.limits['aws.targetsPerLoadBalancer'];
  const aws = new AwsShard(stack, plan.key, {
    shard: plan.key,
    name: plan.name,
    network,
    targets: `local.${targetsLocal(plan)}`,
    resolves: resolvesNames(plan),
    several: hasSeveralHosts(plan),
    tagged: tagsTargets(plan),
    loadBalancerName: plan.loadBalancerName,
    securityGroupName: plan.securityGroupName,
    deletionProtection: plan.deletionProtection,
    principal: router.principal,
    limits: {
      ...defined({ egressRules, attachments }),
    },
    tags,
    words: INVENTORY_WORDS,
  });
  const { rule } = new PrivateEndpointRule(stack, `${plan.key}-endpoint`, {
    shard: plan.key,
    nccId,
    origin: { cloud: 'aws', service: aws.endpointService.serviceName },
    domains: plan.domains,
  });
  if (router.approval === 'manual') return { plan, aws, rule };
  const acceptance = new EndpointAcceptance(stack, `${plan.key}-acceptance`, {
    shard: plan.key,
    endpointService: aws.endpointService,
    endpoint: rule,
  });
  return { plan, aws, rule, accepter: acceptance.accepter };
}

function targetsLocal(shard: PlannedAwsShard): string {
  return `${shard.key}_targets`;
}

function resolvesNames(shard: PlannedAwsShard): boolean {
  return backendsOf(shard).some(({ resolution }) => resolution === 'plan');
}

/** To destroy an acceptance is to reject the connection, which a router that goes over to manual approval still needs. */
function unacceptedAddresses(router: PlannedAwsRouter): string[] {
  return router.approval === 'manual' ? router.shards.map((shard) => accepterAddress(shard.key)) : [];
}
