import { TerraformLocal, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { ProviderName } from '../src/bindings';
import {
  AwsNetwork,
  AwsShard,
  accepterAddress,
  addProviders,
  BINDING_ADDRESS,
  NCC_ADDRESS,
  NetworkConnectivity,
  PrivateEndpointRule,
  pinned,
  RouterTags,
  shardTargets,
  TargetAdmission,
  terraformText,
  WorkspaceBindings,
} from '../src/constructs';
import type { PlannedRouter, PlannedShard } from '../src/model';
import { elementsJson, type TerraformJson } from './elements-json';
import { movedAddresses } from './moved';
import { connections, type Output, routerOutputs, type StackShard } from './outputs';
import { type FinishOptions, finish } from './terraform-json';

/** One router as one Terraform configuration with a state of its own. */
export class RouterStack extends TerraformStack {
  private readonly finishing: FinishOptions;
  private readonly literals: Record<string, unknown> = {};
  private outputs: Readonly<Record<string, Output>> = {};

  public constructor(scope: Construct, router: PlannedRouter) {
    super(scope, router.deployment);
    const leaving = router.teardown === 'destroy';
    const resolves = !leaving && router.shards.some(resolvesNames);
    const providers: ProviderName[] = resolves ? ['aws', 'databricks', 'dns'] : ['aws', 'databricks'];
    addProviders(this, { aws: router.aws, databricks: router.databricks, dns: resolves });
    if (!leaving) this.addRouter(router);
    const forgotten = leaving ? unboundAddresses(router) : unacceptedAddresses(router);
    this.finishing = {
      mark: { router: router.name, ...(router.env === undefined ? {} : { environment: router.env }) },
      // `removed` blocks came with 1.7; everything else is older than 1.5.
      requiredVersion: forgotten.length === 0 ? '>= 1.5' : '>= 1.7',
      providers,
      ...(router.backend === undefined ? {} : { backend: router.backend }),
      locals: this.literals,
      moved: leaving ? [] : movedAddresses(router),
      forgotten,
    };
  }

  public override toTerraform(): TerraformJson {
    return finish(elementsJson(this, this.outputs), this.finishing);
  }

  private addRouter(router: PlannedRouter): void {
    pinned(new TerraformLocal(this, 'region', terraformText(router.aws.region)), 'region');
    const network = new AwsNetwork(this, 'network', router.aws);
    const tags = new RouterTags(this, {
      router: router.name,
      ...(router.env === undefined ? {} : { environment: router.env }),
      tags: router.tags,
    });
    const ncc = new NetworkConnectivity(this, 'ncc', { ncc: router.ncc, region: router.aws.region });
    const shards = router.shards.map((plan) => this.addShard(router, plan, network, tags.reference, ncc.id));
    const listeners = router.shards.flatMap((shard) => shard.listeners);
    if (listeners.some((listener) => listener.securityGroupIds.length > 0)) {
      new TargetAdmission(this, 'target-admission', {
        deployment: router.deployment,
        network,
        subnetIds: router.aws.subnetIds,
        listeners,
        tags: tags.reference,
      });
    }
    new WorkspaceBindings(this, 'workspaces', {
      nccId: ncc.id,
      workspaceIds: router.ncc.workspaceIds,
      after: shards.flatMap(({ endpoint }) => [endpoint.rule, ...(endpoint.accepter ? [endpoint.accepter] : [])]),
    });
    this.literals.connections = connections(router);
    this.outputs = routerOutputs(router, shards, network, ncc.id);
  }

  private addShard(
    router: PlannedRouter,
    plan: PlannedShard,
    network: AwsNetwork,
    tags: string,
    nccId: string,
  ): StackShard {
    const targets = `${plan.key}_targets`;
    this.literals[targets] = shardTargets(plan.listeners);
    const egressRules = router.limits['aws.rulesPerSecurityGroup'];
    const attachments = router.limits['aws.targetsPerLoadBalancer'];
    const aws = new AwsShard(this, plan.key, {
      shard: plan.key,
      name: plan.name,
      network,
      targets: `local.${targets}`,
      resolves: resolvesNames(plan),
      loadBalancerName: plan.loadBalancerName,
      securityGroupName: plan.securityGroupName,
      deletionProtection: plan.deletionProtection,
      principal: router.principal,
      limits: {
        ...(egressRules === undefined ? {} : { egressRules }),
        ...(attachments === undefined ? {} : { attachments }),
      },
      tags,
    });
    const endpoint = new PrivateEndpointRule(this, `${plan.key}-endpoint`, {
      shard: plan.key,
      nccId,
      endpointService: aws.endpointService,
      domains: plan.domains,
      approval: router.approval,
    });
    return { plan, aws, endpoint };
  }
}

function resolvesNames(shard: PlannedShard): boolean {
  return shard.listeners.some((listener) => listener.resolution === 'plan');
}

/** A bound NCC cannot be destroyed, and the provider cannot unbind: both are forgotten, not destroyed. */
function unboundAddresses(router: PlannedRouter): string[] {
  return [
    ...(router.ncc.id === undefined ? [NCC_ADDRESS] : []),
    ...(router.ncc.workspaceIds.length > 0 ? [BINDING_ADDRESS] : []),
  ];
}

/** To destroy an acceptance is to reject the connection, which a router that goes over to manual approval still needs. */
function unacceptedAddresses(router: PlannedRouter): string[] {
  return router.approval === 'manual' ? router.shards.map((shard) => accepterAddress(shard.key)) : [];
}
