import { TerraformLocal, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import {
  DataAzurermPrivateLinkServiceEndpointConnections,
  type PrivateLinkService,
  ResourceGroupTemplateDeployment,
} from '../../bindings';
import type { Approval } from '../../model';
import { expression, mapExpression, pinned, shardResource } from '../expression';
import { Reference, type ValueOrRef } from '../value-or-ref';
import type { AzureNetwork } from './network';

const TEMPLATE_SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** The version of Azure's network API in which the connection's state is written. */
const API_VERSION = '2024-05-01';

export interface EndpointApprovalProps {
  readonly shard?: string;
  readonly network: AzureNetwork;
  readonly service: PrivateLinkService;
  /** The name of the endpoint that Databricks made for our rule; null as long as there is none. */
  readonly endpointName: Reference;
  readonly approval: ValueOrRef<Approval>;
  readonly tags: string;
}

/**
 * Finds the connection of our rule's own endpoint among those of a Private Link Service and, unless a person does it,
 * approves it. The provider has no resource for that; a template deployment writes the connection's state.
 *
 * Databricks makes the endpoint after the rule: as long as there is none, the deployment is empty, and the next apply
 * approves. With manual approval it stays empty: without it, a router that goes over to manual approval would lose the
 * connection, since what a deployment made goes with it.
 */
export class EndpointApproval extends Construct {
  /** The reference of a list of our rule's connections: one, or none as long as Databricks has not made the endpoint. */
  public readonly connections: string;
  /** The reference of a list of all connections of the service, whoever asked for them. */
  public readonly allConnections: string;
  public readonly deployment: ResourceGroupTemplateDeployment;

  public constructor(scope: Construct, id: string, props: EndpointApprovalProps) {
    super(scope, id);
    const name = shardResource(props.shard);
    const group = props.network.resourceGroupName;
    const endpointName = this.local(props, 'endpoint_name', props.endpointName.terraform);
    const serviceId = this.local(props, 'service_id', attribute(props.service, 'id'));
    pinned(
      new DataAzurermPrivateLinkServiceEndpointConnections(this, 'connections', {
        // By way of locals, and without depends_on: a data source that names a resource itself is unknown in every plan
        // that changes something of the resource, as a target more changes the rule's domains.
        serviceId: expression(serviceId),
        // Always the service's group. It asks for the endpoint's name so that a first apply reads the connections after the
        // rule was made.
        resourceGroupName: expression(`${endpointName} == null ? ${group} : ${group}`),
      }),
      name,
    );
    this.allConnections = `data.azurerm_private_link_service_endpoint_connections.${name}.private_endpoint_connections`;
    // What was rejected, or lost its endpoint, does not come back and is in nobody's way.
    const alive = 'contains(["Pending", "Approved"], c.status)';
    const ours = `${alive} && lower(c.private_endpoint_name) == lower(coalesce(${endpointName}, "/"))`;
    this.connections = this.local(props, 'connections', `[for c in ${this.allConnections} : c if ${ours}]`);
    this.deployment = this.approve(props);
  }

  private local({ shard }: EndpointApprovalProps, part: string, terraform: string): string {
    const name = shardResource(shard, part);
    pinned(new TerraformLocal(this, `local-${part}`, expression(terraform)), name);
    return `local.${name}`;
  }

  private approve({
    shard,
    network,
    service,
    endpointName,
    approval,
    tags,
  }: EndpointApprovalProps): ResourceGroupTemplateDeployment {
    const serviceName = attribute(service, 'name');
    const state = '{ status = "Approved", description = "privatelink-router", actionsRequired = "None" }';
    const connection = [
      'type = "Microsoft.Network/privateLinkServices/privateEndpointConnections"',
      `apiVersion = "${API_VERSION}"`,
      `name = "\${${serviceName}}/\${c.connection_name}"`,
      `properties = { privateLinkServiceConnectionState = ${state} }`,
    ].join(', ');
    const person = approval instanceof Reference ? `${approval.terraform} == "manual"` : undefined;
    const unless = person === undefined ? '' : ` if !(${person})`;
    const resources = approval === 'manual' ? '[]' : `[for c in ${this.connections} : { ${connection} }${unless}]`;
    const or = person === undefined ? '' : `${person} || `;
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
          precondition:
            approval === 'manual'
              ? []
              : [
                  {
                    condition: expression(`${or}length(${this.connections}) <= 1`),
                    errorMessage: `More than one private endpoint of the name \${coalesce(${endpointName.terraform}, "none")} asks for a connection with \${${serviceName}}: one of them is not of Databricks, and none is approved. Find out which (az network private-link-service show --ids \${${attribute(service, 'id')}}), reject it (az network private-link-service connection update --connection-status Rejected --ids …), then run terraform apply again.`,
                  },
                ],
        },
      }),
      shardResource(shard, 'approval'),
    );
  }
}

function attribute(resource: TerraformResource, name: string): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}.${name}`;
}
