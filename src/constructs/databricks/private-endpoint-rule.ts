import { Construct } from 'constructs';
import type { VpcEndpointService } from '../../bindings';
import { MwsNccPrivateEndpointRule, VpcEndpointConnectionAccepter } from '../../bindings';
import type { Approval } from '../../model';
import { expression, pinned, shardResource } from '../expression';
import { terraformText } from '../terraform-text';

/** The provider's switch that makes an apply wait until Databricks has made the endpoint. */
const WAIT_SWITCH = 'DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule';

/** States of a rule out of which no traffic and no repair comes by itself. */
const DEAD_STATES = ['CREATE_FAILED', 'DISCONNECTED', 'EXPIRED', 'REJECTED'];

/** The address of the acceptance of a shard's endpoint. */
export function accepterAddress(shard: string | undefined): string {
  return `aws_vpc_endpoint_connection_accepter.${shardResource(shard)}`;
}

export interface PrivateEndpointRuleProps {
  readonly shard?: string;
  /** The NCC's id as a template. */
  readonly nccId: string;
  readonly endpointService: VpcEndpointService;
  /** Lower case, unique, sorted, never empty: as the server keeps them, or every plan would show a change. */
  readonly domains: readonly string[];
  readonly approval: Approval;
}

/** The rule that sends a shard's domains to its endpoint service and, unless a person accepts it, the acceptance. */
export class PrivateEndpointRule extends Construct {
  public readonly rule: MwsNccPrivateEndpointRule;
  /** Undefined where approval is manual. */
  public readonly accepter?: VpcEndpointConnectionAccepter;

  public constructor(scope: Construct, id: string, props: PrivateEndpointRuleProps) {
    super(scope, id);
    const name = shardResource(props.shard);
    const address = `databricks_mws_ncc_private_endpoint_rule.${name}`;
    this.rule = pinned(
      new MwsNccPrivateEndpointRule(this, 'rule', {
        networkConnectivityConfigId: props.nccId,
        endpointService: props.endpointService.serviceName,
        domainNames: props.domains.map(terraformText),
        lifecycle: {
          createBeforeDestroy: true,
          postcondition: [
            {
              condition: expression(
                `!contains(${JSON.stringify(DEAD_STATES)}, coalesce(self.connection_state, "none"))`,
              ),
              errorMessage: `The private endpoint rule ${address} is \${self.connection_state}: it carries no traffic and does not come back by itself. Take it away with: terraform apply -destroy -target=${address} and then make it again with: terraform apply. (Not with -replace: a second rule for the same endpoint service is refused while the first one stands.)`,
            },
          ],
        },
      }),
      name,
    );
    if (props.approval === 'terraform') this.accepter = this.accept(name, props.endpointService);
  }

  private accept(name: string, endpointService: VpcEndpointService): VpcEndpointConnectionAccepter {
    return pinned(
      new VpcEndpointConnectionAccepter(this, 'accepter', {
        vpcEndpointServiceId: endpointService.id,
        vpcEndpointId: this.rule.vpcEndpointId,
        lifecycle: {
          // A new endpoint is accepted before the old one is rejected.
          createBeforeDestroy: true,
          precondition: [
            {
              condition: expression(`startswith(coalesce(${this.reference('vpc_endpoint_id')}, "none"), "vpce-")`),
              errorMessage: `Databricks has not made the private endpoint of rule ${name} yet, so there is nothing to accept. Set ${WAIT_SWITCH} in the environment of terraform, so that an apply waits for it, and run terraform apply again.`,
            },
          ],
        },
      }),
      name,
    );
  }

  private reference(attribute: string): string {
    return `${this.rule.terraformResourceType}.${this.rule.friendlyUniqueId}.${attribute}`;
  }
}
