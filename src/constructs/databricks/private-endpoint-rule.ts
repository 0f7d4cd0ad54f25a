import { Construct } from 'constructs';
import { MwsNccPrivateEndpointRule } from '../../bindings';
import type { Cloud } from '../../model';
import { expression, pinned, shardResource } from '../expression';
import { asTexts, Reference, type ValueOrRef } from '../value-or-ref';

/** States of a rule out of which no traffic and no repair comes by itself. */
const DEAD_STATES = ['CREATE_FAILED', 'DISCONNECTED', 'EXPIRED', 'REJECTED'];

/** What a rule leads to, as templates: the name of an endpoint service of AWS, or the id of a Private Link Service. */
type EndpointOrigin = { readonly endpointService: string } | { readonly resourceId: string };

/** References of a module's inputs, one of which is null. */
interface ReferencedOrigin {
  readonly endpointService: Reference;
  readonly resourceId: Reference;
}

/** What has to hold before the rule is planned, as templates. */
interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

export interface PrivateEndpointRuleProps {
  readonly shard?: string;
  /** The NCC's id as a template. */
  readonly nccId: string;
  readonly origin: EndpointOrigin | ReferencedOrigin;
  /** Lower case, unique, sorted, never empty: as the server keeps them, or every plan would show a change. */
  readonly domains: ValueOrRef<readonly string[]>;
  /** @default none */
  readonly preconditions?: readonly Precondition[];
}

/** The rule that sends a shard's domains to its endpoint service or Private Link Service. */
export class PrivateEndpointRule extends Construct {
  public readonly rule: MwsNccPrivateEndpointRule;

  public constructor(scope: Construct, id: string, props: PrivateEndpointRuleProps) {
    super(scope, id);
    const { origin, preconditions = [] } = props;
    const name = shardResource(props.shard);
    this.rule = pinned(
      new MwsNccPrivateEndpointRule(this, 'rule', {
        networkConnectivityConfigId: props.nccId,
        // Nothing beside it: the API refuses a group_id with domains.
        ...leadingTo(origin),
        domainNames: asTexts(props.domains),
        lifecycle: {
          // Terraform extends it to all that the rule depends on. On AWS that is what has to be so; on Azure a load balancer would
          // lose a shard's frontend before the service that stands on it, which Azure refuses. A module serves both: there the
          // acceptance on AWS, which depends on the rule, has it.
          ...(cloudOf(origin) === 'aws' ? { createBeforeDestroy: true } : {}),
          ...(preconditions.length === 0 ? {} : { precondition: [...preconditions] }),
          postcondition: [
            {
              condition: expression(
                `!contains(${JSON.stringify(DEAD_STATES)}, coalesce(self.connection_state, "none"))`,
              ),
              errorMessage: deadRule(`databricks_mws_ncc_private_endpoint_rule.${name}`, origin),
            },
          ],
        },
      }),
      name,
    );
  }
}

function leadingTo(origin: PrivateEndpointRuleProps['origin']): { endpointService?: string; resourceId?: string } {
  const template = (value: string | Reference) => (value instanceof Reference ? expression(value.terraform) : value);
  return Object.fromEntries(Object.entries(origin).map(([key, value]) => [key, template(value)]));
}

/** Undefined in a module, which serves both. */
function cloudOf(origin: PrivateEndpointRuleProps['origin']): Cloud | undefined {
  if (!('endpointService' in origin)) return 'azure';
  return 'resourceId' in origin ? undefined : 'aws';
}

const SERVICES: Readonly<Record<Cloud, string>> = { aws: 'endpoint service', azure: 'Private Link Service' };

/** What to do about a rule that is dead. Where a module stands, only its caller knows. */
function deadRule(address: string, origin: PrivateEndpointRuleProps['origin']): string {
  const cloud = cloudOf(origin);
  const service = cloud === undefined ? 'target' : SERVICES[cloud];
  const target = cloud === undefined ? `module.NAME.${address}, with what you call this module,` : address;
  return `The private endpoint rule ${address} is \${self.connection_state}: it carries no traffic and does not come back by itself. Take it away with: terraform apply -destroy -target=${target} and then make it again with: terraform apply. (Not with -replace: a second rule for the same ${service} is refused while the first one stands.)`;
}
