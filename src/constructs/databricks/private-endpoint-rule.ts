import { Construct } from 'constructs';
import { MwsNccPrivateEndpointRule } from '../../bindings';
import { expression, pinned, shardResource } from '../expression';
import { terraformText } from '../terraform-text';

/** States of a rule out of which no traffic and no repair comes by itself. */
const DEAD_STATES = ['CREATE_FAILED', 'DISCONNECTED', 'EXPIRED', 'REJECTED'];

/** What a rule leads to, as templates: the name of an endpoint service of AWS, or the id of a Private Link Service. */
type EndpointOrigin = { readonly endpointService: string } | { readonly resourceId: string };

export interface PrivateEndpointRuleProps {
  readonly shard?: string;
  /** The NCC's id as a template. */
  readonly nccId: string;
  readonly origin: EndpointOrigin;
  /** Lower case, unique, sorted, never empty: as the server keeps them, or every plan would show a change. */
  readonly domains: readonly string[];
}

/** The rule that sends a shard's domains to its endpoint service or Private Link Service. */
export class PrivateEndpointRule extends Construct {
  public readonly rule: MwsNccPrivateEndpointRule;

  public constructor(scope: Construct, id: string, props: PrivateEndpointRuleProps) {
    super(scope, id);
    const name = shardResource(props.shard);
    const address = `databricks_mws_ncc_private_endpoint_rule.${name}`;
    const aws = 'endpointService' in props.origin;
    const service = aws ? 'endpoint service' : 'Private Link Service';
    this.rule = pinned(
      new MwsNccPrivateEndpointRule(this, 'rule', {
        networkConnectivityConfigId: props.nccId,
        // Nothing beside it: the API refuses a group_id with domains.
        ...props.origin,
        domainNames: props.domains.map(terraformText),
        lifecycle: {
          // Terraform extends it to all that the rule depends on. On AWS that is what has to be so; on Azure a load balancer would
          // lose a shard's frontend before the service that stands on it, which Azure refuses.
          ...(aws ? { createBeforeDestroy: true } : {}),
          postcondition: [
            {
              condition: expression(
                `!contains(${JSON.stringify(DEAD_STATES)}, coalesce(self.connection_state, "none"))`,
              ),
              errorMessage: `The private endpoint rule ${address} is \${self.connection_state}: it carries no traffic and does not come back by itself. Take it away with: terraform apply -destroy -target=${address} and then make it again with: terraform apply. (Not with -replace: a second rule for the same ${service} is refused while the first one stands.)`,
            },
          ],
        },
      }),
      name,
    );
  }
}
