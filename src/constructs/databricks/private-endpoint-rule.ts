import { Construct } from 'constructs';
import { MwsNccPrivateEndpointRule } from '../../bindings';
import { CLOUDS, type Cloud } from '../../model';
import { expression, pinned, shardResource } from '../expression';
import { asTexts, type Reference, type ValueOrRef } from '../value-or-ref';

/** States of a rule out of which no traffic and no repair comes by itself. */
const DEAD_STATES = ['CREATE_FAILED', 'DISCONNECTED', 'EXPIRED', 'REJECTED'];

/** What a rule of a cloud leads to. */
interface Service {
  /** The rule's argument that names it. */
  readonly argument: 'endpointService' | 'resourceId';
  readonly name: string;
  /** Whether a rule that is replaced stands until the new one does. */
  readonly createBeforeDestroy: boolean;
}

const SERVICES: Readonly<Record<Cloud, Service>> = {
  aws: { argument: 'endpointService', name: 'endpoint service', createBeforeDestroy: true },
  // Terraform would extend it to the load balancer, which would lose a shard's frontend before the service that stands on it:
  // Azure refuses that.
  azure: { argument: 'resourceId', name: 'Private Link Service', createBeforeDestroy: false },
};

/** The service of a cloud as a template: the name of an endpoint service of AWS, or the id of a Private Link Service. */
interface EndpointOrigin {
  readonly cloud: Cloud;
  readonly service: string;
}

/** References of a module's inputs, all but one of which are null. */
interface ReferencedOrigin {
  readonly cloud?: undefined;
  readonly services: Readonly<Record<Cloud, Reference>>;
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
          // Terraform extends it to all that the rule depends on. A module serves every cloud: there the acceptance on AWS, which
          // depends on the rule, has it.
          ...(origin.cloud !== undefined && SERVICES[origin.cloud].createBeforeDestroy
            ? { createBeforeDestroy: true }
            : {}),
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

/** The argument of the cloud's service; in a module those of all clouds. */
function leadingTo(origin: PrivateEndpointRuleProps['origin']): Partial<Record<Service['argument'], string>> {
  if (origin.cloud !== undefined) return { [SERVICES[origin.cloud].argument]: origin.service };
  const { services } = origin;
  return Object.fromEntries(CLOUDS.map((cloud) => [SERVICES[cloud].argument, expression(services[cloud].terraform)]));
}

/** What to do about a rule that is dead. Where a module stands, only its caller knows. */
function deadRule(address: string, { cloud }: PrivateEndpointRuleProps['origin']): string {
  const service = cloud === undefined ? 'target' : SERVICES[cloud].name;
  const target = cloud === undefined ? `module.NAME.${address}, with what you call this module,` : address;
  return `The private endpoint rule ${address} is \${self.connection_state}: it carries no traffic and does not come back by itself. Take it away with: terraform apply -destroy -target=${target} and then make it again with: terraform apply. (Not with -replace: a second rule for the same ${service} is refused while the first one stands.)`;
}
