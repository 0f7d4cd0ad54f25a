import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import {
  DataAzurermPrivateLinkServiceEndpointConnections,
  type MwsNccPrivateEndpointRule,
  type PrivateLinkService,
  ResourceGroupTemplateDeployment,
} from '../../bindings';
import type { Approval } from '../../model';
import { expression, mapExpression, pinned, shardResource } from '../expression';
import type { AzureNetwork } from './network';

const TEMPLATE_SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** The version of Azure's network API in which the connection's state is written. */
const API_VERSION = '2024-05-01';

/** The address of the approval of a shard's endpoint. */
export function approvalAddress(shard: string | undefined): string {
  return `azurerm_resource_group_template_deployment.${shardResource(shard, 'approval')}`;
}

export interface EndpointApprovalProps {
  readonly shard?: string;
  readonly network: AzureNetwork;
  readonly service: PrivateLinkService;
  readonly rule: MwsNccPrivateEndpointRule;
  readonly approval: Approval;
  readonly tags: string;
}

/**
 * Finds the connection of our rule's own endpoint among those of a Private Link Service and, unless a person does it,
 * approves it. The provider has no resource for that; a template deployment writes the connection's state.
 *
 * Databricks makes the endpoint after the rule: as long as there is none, the deployment is empty, and the next apply
 * approves.
 */
export class EndpointApproval extends Construct {
  /** The reference of a list of our rule's connections: one, or none as long as Databricks has not made the endpoint. */
  public readonly connections: string;
  /** Undefined where approval is manual. */
  public readonly deployment?: ResourceGroupTemplateDeployment;

  public constructor(scope: Construct, id: string, props: EndpointApprovalProps) {
    super(scope, id);
    const name = shardResource(props.shard);
    const endpointName = `${props.rule.terraformResourceType}.${props.rule.friendlyUniqueId}.endpoint_name`;
    const group = props.network.resourceGroupName;
    pinned(
      new DataAzurermPrivateLinkServiceEndpointConnections(this, 'connections', {
        serviceId: props.service.id,
        // Always the service's group. It names the rule so that the connections are read after the endpoint was asked for;
        // with depends_on they would be unknown in every plan that changes the rule's domains.
        resourceGroupName: expression(`${endpointName} == null ? ${group} : ${group}`),
      }),
      name,
    );
    const all = `data.azurerm_private_link_service_endpoint_connections.${name}.private_endpoint_connections`;
    const ours = `lower(c.private_endpoint_name) == lower(coalesce(${endpointName}, "-"))`;
    const local = shardResource(props.shard, 'connections');
    pinned(new TerraformLocal(this, 'ours', expression(`[for c in ${all} : c if ${ours}]`)), local);
    this.connections = `local.${local}`;
    if (props.approval === 'terraform') this.deployment = this.approve(props);
  }

  private approve({ shard, network, service, rule, tags }: EndpointApprovalProps): ResourceGroupTemplateDeployment {
    const serviceName = `${service.terraformResourceType}.${service.friendlyUniqueId}.name`;
    const state = '{ status = "Approved", description = "privatelink-router", actionsRequired = "None" }';
    const connection = [
      'type = "Microsoft.Network/privateLinkServices/privateEndpointConnections"',
      `apiVersion = "${API_VERSION}"`,
      `name = "\${${serviceName}}/\${c.connection_name}"`,
      `properties = { privateLinkServiceConnectionState = ${state} }`,
    ].join(', ');
    const resources = `[for c in ${this.connections} : { ${connection} }]`;
    const template = `{ "$schema" = "${TEMPLATE_SCHEMA}", contentVersion = "1.0.0.0", resources = ${resources} }`;
    return pinned(
      new ResourceGroupTemplateDeployment(this, 'approval', {
        // A deployment's name has at most 64 characters, the service's up to 80.
        name: expression(`"plr-approval-\${substr(sha256(${serviceName}), 0, 16)}"`),
        resourceGroupName: expression(network.resourceGroupName),
        deploymentMode: 'Incremental',
        templateContent: expression(`jsonencode(${template})`),
        tags: mapExpression(tags),
        lifecycle: {
          precondition: [
            {
              condition: expression(`length(${this.connections}) <= 1`),
              errorMessage: `More than one private endpoint of the name \${${rule.terraformResourceType}.${rule.friendlyUniqueId}.endpoint_name} asks for a connection with \${${serviceName}}: one of them is not Databricks', and none is approved. Reject the wrong one (az network private-endpoint-connection reject), then run terraform apply again.`,
            },
          ],
        },
      }),
      shardResource(shard, 'approval'),
    );
  }
}
