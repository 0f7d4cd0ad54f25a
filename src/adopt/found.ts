import { limit } from '../limits';
import { defined, listed } from '../model';
import { type AdoptFinding, refused, tainted, warned } from './findings';
import { type FoundTarget, findTargets } from './found-targets';
import { changedInPlace } from './in-place';
import { chooseLoadBalancer } from './load-balancer';
import { type Found, type ResourcesByType, sortByType } from './resource-types';
import type { StateResource } from './state';

/** What a module made that routes from one load balancer, found by how its resources refer to each other. */
export interface FoundRouter {
  readonly loadBalancer: Found<'loadBalancer'>;
  /** Absent where the state does not hold exactly one of the load balancer's groups. */
  readonly securityGroup?: Found<'securityGroup'>;
  /** Absent where the state has none. */
  readonly service?: Found<'endpointService'>;
  /** The rule of Databricks that leads to the service, where the state has it. */
  readonly rule?: Found<'endpointRule'>;
  /** The acceptance of that rule's endpoint, where the state has it. */
  readonly accepter?: Found<'accepter'>;
  /** By listener port. */
  readonly targets: readonly FoundTarget[];
  /** What belongs to it and has no place in a router: it stays as it is, and Terraform forgets it. */
  readonly leftovers: readonly StateResource[];
  readonly records: ResourcesByType['addressRecords'];
}

/** The router of a state, or everything that keeps it from being one. Warnings may stand beside it. */
export interface RouterSearch {
  readonly router?: FoundRouter;
  readonly findings: readonly AdoptFinding[];
}

/**
 * Finds the router of a state.
 * @param loadBalancer the name of its load balancer; only needed where the state has several
 */
export function findRouter(resources: readonly StateResource[], loadBalancer?: string): RouterSearch {
  const sorted = sortByType(resources);
  if (sorted.findings.length > 0) return { findings: sorted.findings };
  const { byType } = sorted;
  const chosen = chooseLoadBalancer(byType, loadBalancer);
  if ('code' in chosen) return { findings: [chosen] };
  const { arn } = chosen.values;
  const { targets, findings: ofTargets, leftovers } = findTargets(byType, chosen);
  const services = byType.endpointService.filter(({ values }) => values.network_load_balancer_arns?.includes(arn));
  const [service] = services;
  const rule = byType.endpointRule.find(({ values }) => values.endpoint_service === service?.values.service_name);
  const accepters = byType.accepter.filter(({ values }) => values.vpc_endpoint_service_id === service?.values.id);
  const [accepter] = accepters;
  const own = (chosen.values.security_groups ?? []).flatMap((id) =>
    byType.securityGroup.filter(({ values }) => values.id === id),
  );
  const securityGroup = own.length === 1 ? own[0] : undefined;
  const findings = [
    ...balancerFindings(chosen),
    ...ofTargets,
    ...serviceFindings(chosen, services),
    ...groupFindings(chosen, own, targets.length),
    ...[chosen, ...services, ...own]
      .filter(({ resource }) => resource.tainted)
      .map(({ resource }) => tainted(resource.address)),
  ];
  const router: FoundRouter = {
    loadBalancer: chosen,
    ...defined({ securityGroup, service, rule }),
    ...(accepter === undefined || accepters.length > 1 ? {} : { accepter }),
    targets,
    leftovers: [
      ...leftovers,
      ...(securityGroup === undefined ? own : []).map(({ resource }) => resource),
      ...rulesOf(byType, own).map(({ resource }) => resource),
      ...principalsOf(byType, service).map(({ resource }) => resource),
      ...(accepters.length > 1 ? accepters : []).map(({ resource }) => resource),
    ],
    records: byType.addressRecords,
  };
  return findings.some(({ severity }) => severity === 'error')
    ? { findings }
    : { router, findings: [...findings, ...heed(byType, router)] };
}

function balancerFindings({ resource, values }: Found<'loadBalancer'>): readonly AdoptFinding[] {
  const { address } = resource;
  const found: AdoptFinding[] = [];
  if (values.internal !== true) {
    found.push(
      refused(
        'PLR9105',
        address,
        `${values.name} faces the internet; a router's load balancer is internal, and AWS cannot make it so in place`,
        BUILD_BESIDE,
      ),
    );
  }
  if ((values.security_groups ?? []).length === 0) {
    found.push(
      refused(
        'PLR9105',
        address,
        `${values.name} was made without a security group; a router's load balancer has one, and AWS adds the first one only at creation`,
        BUILD_BESIDE,
      ),
    );
  }
  return found;
}

const BUILD_BESIDE =
  'It cannot be taken over. Make a router beside it, whose targets have the old ports as `listenPort`; let the rule in Databricks go over to the new endpoint service, and then take the old one away.';

function serviceFindings(
  { values: { name } }: Found<'loadBalancer'>,
  services: readonly Found<'endpointService'>[],
): readonly AdoptFinding[] {
  const [service, ...others] = services;
  if (service === undefined) {
    return [
      warned(
        'PLR9113',
        '',
        `no endpoint service of this state leads to ${name}, so the router makes one`,
        'If there is one outside of this state, import it into the old configuration first: AWS gives a load balancer to one endpoint service only.',
      ),
    ];
  }
  const addresses = services.map(({ resource }) => resource.address);
  if (others.length > 0) {
    return [refused('PLR9108', service.resource.address, `${listed(addresses)} all lead to ${name}`, ONE_SERVICE)];
  }
  const arns = service.values.network_load_balancer_arns ?? [];
  if (arns.length === 1) return [];
  return [
    refused(
      'PLR9108',
      service.resource.address,
      `${service.values.service_name} leads to ${arns.length} load balancers; each connection gets one of them at random`,
      ONE_SERVICE,
    ),
  ];
}

const ONE_SERVICE =
  'A router has one endpoint service with one load balancer. Put it right in the old configuration, apply that, and write the state again.';

/** @param listeners how many there are */
function groupFindings(
  { resource, values }: Found<'loadBalancer'>,
  own: readonly Found<'securityGroup'>[],
  listeners: number,
): readonly AdoptFinding[] {
  const allowed = limit('aws.listenersPerLoadBalancer').value;
  const found: AdoptFinding[] = [];
  if (listeners > allowed) {
    found.push(
      refused(
        'PLR9105',
        resource.address,
        `${values.name} has ${listeners} listeners; a router's load balancer has at most ${allowed}`,
        'Take some of them over to another router first.',
      ),
    );
  }
  const [group, ...more] = own;
  const kept = more.length === 0 ? group?.values.id : undefined;
  const lost = (values.security_groups ?? []).filter((id) => id !== kept);
  if (lost.length > 0) {
    const why =
      kept !== undefined
        ? `it keeps ${kept} alone`
        : `this state holds ${own.length === 0 ? 'none' : 'more than one'} of them, so that it gets a new one of the router's`;
    found.push(
      warned(
        'PLR9114',
        resource.address,
        `${values.name} loses ${lost.length === 1 ? 'the security group' : 'the security groups'} ${listed(lost)}: ${why}`,
        'Rules elsewhere that name them no longer match what comes from the load balancer: have them admit its subnets.',
      ),
    );
  }
  return found;
}

function rulesOf(
  { groupRule }: ResourcesByType,
  own: readonly Found<'securityGroup'>[],
): readonly Found<'groupRule'>[] {
  return groupRule.filter(({ values }) => own.some((group) => group.values.id === values.security_group_id));
}

function principalsOf(
  { allowedPrincipal }: ResourcesByType,
  service: Found<'endpointService'> | undefined,
): readonly Found<'allowedPrincipal'>[] {
  return allowedPrincipal.filter(({ values }) => values.vpc_endpoint_service_id === service?.values.id);
}

/** What goes well, but not unnoticed. */
function heed(
  byType: ResourcesByType,
  { loadBalancer, securityGroup, service, targets }: FoundRouter,
): readonly AdoptFinding[] {
  const group = loadBalancer.values.security_groups?.[0] ?? '';
  const rules = securityGroup === undefined ? [] : rulesOf(byType, [securityGroup]);
  const ports = new Set(targets.map(({ port }) => port));
  const narrow = rules.filter(({ resource, values }) => {
    const lets = values.type === 'egress' || resource.type.endsWith('_egress_rule');
    return lets && values.from_port === values.to_port && ports.has(values.from_port ?? 0);
  });
  return [
    warned(
      'PLR9115',
      loadBalancer.resource.address,
      `inbound rules of ${group} no longer count for what comes through PrivateLink: enforcement is turned off, as Databricks needs it`,
      'Before you apply, see to it that every target admits the subnets of the load balancer: a rule that names its security group does not match such traffic then.',
    ),
    ...changedInPlace(loadBalancer, service),
    ...(rules.length === 0
      ? []
      : [
          warned(
            'PLR9116',
            securityGroup?.resource.address ?? '',
            `${listed(rules.map(({ resource }) => resource.address))} ${rules.length === 1 ? 'stays' : 'stay'} in AWS, and Terraform forgets ${rules.length === 1 ? 'it' : 'them'}: a router has outbound rules of its own, one for each port and network`,
            'Once all is applied and nothing but PrivateLink uses the load balancer, remove them by hand.',
          ),
        ]),
    ...narrow.map(({ resource, values }) =>
      warned(
        'PLR9117',
        resource.address,
        `${resource.address} lets out to port ${values.from_port}; should the router need the very same rule, AWS refuses the second one as a duplicate`,
        'If apply says so, remove the old rule by hand and apply again.',
      ),
    ),
  ];
}
