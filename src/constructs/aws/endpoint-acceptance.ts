import { Construct } from 'constructs';
import { type MwsNccPrivateEndpointRule, VpcEndpointConnectionAccepter, type VpcEndpointService } from '../../bindings';
import { expression, pinned, shardResource } from '../expression';

/** The provider's switch that makes an apply wait until Databricks has made the endpoint. */
const WAIT_SWITCH = 'DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule';

/** The address of the acceptance of a shard's endpoint. */
export function accepterAddress(shard: string | undefined): string {
  return `aws_vpc_endpoint_connection_accepter.${shardResource(shard)}`;
}

export interface EndpointAcceptanceProps {
  readonly shard?: string;
  readonly endpointService: VpcEndpointService;
  readonly rule: MwsNccPrivateEndpointRule;
}

/** Accepts the endpoint of our rule, and no other, at a shard's endpoint service. */
export class EndpointAcceptance extends Construct {
  public readonly accepter: VpcEndpointConnectionAccepter;

  public constructor(scope: Construct, id: string, props: EndpointAcceptanceProps) {
    super(scope, id);
    const { rule } = props;
    const name = shardResource(props.shard);
    const endpointId = `${rule.terraformResourceType}.${rule.friendlyUniqueId}.vpc_endpoint_id`;
    this.accepter = pinned(
      new VpcEndpointConnectionAccepter(this, 'accepter', {
        vpcEndpointServiceId: props.endpointService.id,
        vpcEndpointId: rule.vpcEndpointId,
        lifecycle: {
          // A new endpoint is accepted before the old one is rejected.
          createBeforeDestroy: true,
          precondition: [
            {
              condition: expression(`startswith(coalesce(${endpointId}, "none"), "vpce-")`),
              errorMessage: `Databricks has not made the private endpoint of rule ${name} yet, so there is nothing to accept. Set ${WAIT_SWITCH} in the environment of terraform, so that an apply waits for it, and run terraform apply again.`,
            },
          ],
        },
      }),
      name,
    );
  }
}
