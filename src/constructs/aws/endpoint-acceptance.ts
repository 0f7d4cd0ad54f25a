import { Construct } from 'constructs';
import { type MwsNccPrivateEndpointRule, VpcEndpointConnectionAccepter, type VpcEndpointService } from '../../bindings';
import { ENDPOINT_WAIT_SET } from '../../model';
import { expression, pinned, shardResource } from '../expression';
import { Reference } from '../value-or-ref';

/** The address of the acceptance of a shard's endpoint. */
export function accepterAddress(shard: string | undefined): string {
  return `aws_vpc_endpoint_connection_accepter.${shardResource(shard)}`;
}

export interface EndpointAcceptanceProps {
  readonly shard?: string;
  readonly endpointService: VpcEndpointService;
  /** The rule that Databricks makes the endpoint for, or a reference to the endpoint's id. */
  readonly endpoint: MwsNccPrivateEndpointRule | Reference;
  /** A Terraform condition: without it nothing is accepted. @default always */
  readonly when?: string;
}

/** Accepts the endpoint of our rule, and no other, at a shard's endpoint service. */
export class EndpointAcceptance extends Construct {
  public readonly accepter: VpcEndpointConnectionAccepter;

  public constructor(scope: Construct, id: string, props: EndpointAcceptanceProps) {
    super(scope, id);
    const { endpoint } = props;
    const name = shardResource(props.shard);
    const endpointId = endpoint instanceof Reference ? endpoint.terraform : endpointOf(endpoint);
    this.accepter = pinned(
      new VpcEndpointConnectionAccepter(this, 'accepter', {
        vpcEndpointServiceId: props.endpointService.id,
        vpcEndpointId: expression(endpointId),
        lifecycle: {
          // A new endpoint is accepted before the old one is rejected.
          createBeforeDestroy: true,
          precondition: [
            {
              condition: expression(`startswith(coalesce(${endpointId}, "none"), "vpce-")`),
              errorMessage: endpoint instanceof Reference ? wiring(endpoint) : notYet(name),
            },
          ],
        },
      }),
      name,
    );
    if (props.when !== undefined) this.accepter.addOverride('count', expression(`${props.when} ? 1 : 0`));
  }
}

/** The reference of the id of the endpoint that a rule has. */
function endpointOf(rule: MwsNccPrivateEndpointRule): string {
  return `${rule.terraformResourceType}.${rule.friendlyUniqueId}.vpc_endpoint_id`;
}

function notYet(rule: string): string {
  return `Databricks has not made the private endpoint of rule ${rule} yet, so there is nothing to accept. Set ${ENDPOINT_WAIT_SET} in the environment of terraform, so that an apply waits for it, and run terraform apply again.`;
}

function wiring({ terraform }: Reference): string {
  return `There is no private endpoint to accept: private_endpoint_id is \${jsonencode(${terraform})}, and approval is "terraform". Give it the private_endpoint_id of the module that makes Databricks' private endpoint rule, and set ${ENDPOINT_WAIT_SET} in the environment of terraform, so that an apply waits for the endpoint; or set approval = "manual" and accept it yourself.`;
}
