import { isIPv4 } from 'node:net';
import { type HealthCheck, listed, sortAddresses } from '../model';
import { type AdoptFinding, refused, tainted, warned } from './findings';
import type { Found, ResourcesByType } from './resource-types';
import type { StateResource } from './state';

/** A listener with what it leads to. */
export interface FoundTarget {
  readonly listener: Found<'listener'>;
  readonly group: Found<'targetGroup'>;
  /** Those that a router would make just so; the others are made anew, which AWS takes for the same. */
  readonly attachments: readonly Found<'attachment'>[];
  /** False where the group's own port is not that of its addresses: it is replaced then, and the listener goes over to the new one. */
  readonly keepsGroup: boolean;
  readonly listenerPort: number;
  readonly port: number;
  /** Sorted, each once. */
  readonly addresses: readonly string[];
  readonly idleTimeout?: number;
  readonly drain?: number;
  readonly healthCheck?: HealthCheck;
}

interface TargetSearch {
  readonly targets: readonly FoundTarget[];
  readonly findings: readonly AdoptFinding[];
  readonly leftovers: readonly StateResource[];
}

/** The listeners of a load balancer, by port, each with its group and addresses; and everything that is wrong with them. */
export function findTargets(byType: ResourcesByType, { resource, values }: Found<'loadBalancer'>): TargetSearch {
  const listeners = byType.listener
    .filter((one) => one.values.load_balancer_arn === values.arn)
    .sort((a, b) => (a.values.port ?? 0) - (b.values.port ?? 0));
  if (listeners.length === 0) {
    const message = `${values.name} has no listener in this state`;
    const fix = 'Give the state of the configuration that made its listeners too.';
    return { targets: [], findings: [refused('PLR9106', resource.address, message, fix)], leftovers: [] };
  }
  const users = new Map<string, string>();
  const found = listeners.map((listener) => findTarget(byType, listener, values.vpc_id, users));
  return {
    targets: found.flatMap(({ target }) => (target === undefined ? [] : [target])),
    findings: found.flatMap(({ findings }) => findings),
    leftovers: found.flatMap(({ leftovers }) => leftovers),
  };
}

interface OneSearch {
  readonly target?: FoundTarget;
  readonly findings: readonly AdoptFinding[];
  readonly leftovers: readonly StateResource[];
}

function refusal(...findings: readonly AdoptFinding[]): OneSearch {
  return { findings, leftovers: [] };
}

function findTarget(
  byType: ResourcesByType,
  listener: Found<'listener'>,
  vpcId: string,
  users: Map<string, string>,
): OneSearch {
  const { address } = listener.resource;
  const arn = forwardedTo(listener);
  if (typeof arn !== 'string') return refusal(arn);
  const group = byType.targetGroup.find(({ values }) => values.arn === arn);
  if (group === undefined) {
    const message = `${portOf(listener)} forwards to a target group that is not in this state`;
    return refusal(
      refused(
        'PLR9106',
        address,
        message,
        'Import the group and its addresses into the old configuration, and write the state again.',
      ),
    );
  }
  const other = users.get(arn);
  users.set(arn, other ?? address);
  if (other !== undefined) {
    const message = `${portOf(listener)} forwards to ${group.values.name}, and so does ${other}; in a router each listener has a target group of its own`;
    return refusal(
      refused(
        'PLR9106',
        address,
        message,
        'Give it a group of its own in the old configuration, apply that, and write the state again.',
      ),
    );
  }
  const attachments = byType.attachment.filter(({ values }) => values.target_group_arn === arn);
  const findings = [
    ...groupFindings(group, attachments, vpcId),
    ...[listener, group].filter(({ resource }) => resource.tainted).map(({ resource }) => tainted(resource.address)),
  ];
  if (findings.length > 0) return refusal(...findings);
  return taken(listener, group, attachments);
}

function taken(
  listener: Found<'listener'>,
  group: Found<'targetGroup'>,
  attachments: readonly Found<'attachment'>[],
): OneSearch {
  const port = portOfGroup(group, attachments);
  const keepsGroup = group.values.port === port;
  // Without a port of its own an attachment would be made anew and the old one then be taken away, which is the same one.
  const kept = keepsGroup
    ? attachments.filter(({ resource, values }) => !resource.tainted && values.port === port)
    : [];
  const { tcp_idle_timeout_seconds: idleTimeout } = listener.values;
  const { deregistration_delay: delay, health_check: [check] = [] } = group.values;
  const checkPort = check === undefined || check.port === 'traffic-port' ? undefined : Number(check.port);
  return {
    target: {
      listener,
      group,
      attachments: kept,
      keepsGroup,
      listenerPort: listener.values.port ?? 0,
      port,
      addresses: sortAddresses(attachments.map(({ values }) => values.target_id)),
      ...(typeof idleTimeout === 'number' ? { idleTimeout } : {}),
      ...(delay === undefined || delay === null ? {} : { drain: Number(delay) }),
      ...(check === undefined ? {} : { healthCheck: checkOf(check, checkPort === port ? undefined : checkPort) }),
    },
    findings: keepsGroup ? [] : [otherPort(group, port)],
    leftovers: attachments.filter((one) => !kept.includes(one)).map(({ resource }) => resource),
  };
}

function portOfGroup({ values: { port } }: Found<'targetGroup'>, attachments: readonly Found<'attachment'>[]): number {
  return attachments[0]?.values.port ?? port ?? 0;
}

function portOf({ values }: Found<'listener'>): string {
  return `the listener on port ${values.port ?? '?'}`;
}

/** The ARN of the one group that a listener forwards to, or why it is not to be had. */
function forwardedTo(listener: Found<'listener'>): string | AdoptFinding {
  const { address } = listener.resource;
  const { protocol, default_action: actions } = listener.values;
  if (protocol !== 'TCP') {
    return refused(
      'PLR9106',
      address,
      `${portOf(listener)} speaks ${protocol ?? 'nothing'}; a router's listeners speak TCP and pass TLS through`,
      'Take it out of the old configuration, or leave the load balancer as it is.',
    );
  }
  const arns = actions.flatMap(({ type, target_group_arn: arn, forward }) => {
    const groups = (forward ?? []).flatMap(({ target_group }) => target_group.map((one) => one.arn));
    return type === 'forward' ? (groups.length > 0 ? groups : [arn ?? '']) : [];
  });
  const [arn, ...others] = [...new Set(arns)];
  if (arn !== undefined && arn !== '' && others.length === 0 && actions.length === 1) return arn;
  return refused(
    'PLR9106',
    address,
    `${portOf(listener)} does not simply forward to one target group`,
    'Have it forward to one group in the old configuration, apply that, and write the state again.',
  );
}

function groupFindings(
  { resource, values }: Found<'targetGroup'>,
  attachments: readonly Found<'attachment'>[],
  vpcId: string,
): readonly AdoptFinding[] {
  const why = groupFault(values, attachments, vpcId);
  return why === undefined ? [] : [refused('PLR9107', resource.address, `${values.name} ${why.message}`, why.fix)];
}

const AGAIN = 'apply that, and write the state again.';

function groupFault(
  { target_type: type, protocol, vpc_id, proxy_protocol_v2: proxy }: Found<'targetGroup'>['values'],
  attachments: readonly Found<'attachment'>[],
  vpcId: string,
): { readonly message: string; readonly fix: string } | undefined {
  const other = `Leave this listener out of the old configuration, ${AGAIN} The target can then be added to the router by its host.`;
  if (type !== 'ip') {
    return { message: `has targets of type ${type ?? 'unknown'}; a router's groups hold addresses (ip)`, fix: other };
  }
  if (protocol !== 'TCP')
    return { message: `speaks ${protocol ?? 'nothing'}; a router's groups speak TCP`, fix: other };
  if (vpc_id !== vpcId)
    return { message: `is of ${vpc_id ?? 'no VPC'}, and the load balancer of ${vpcId}`, fix: other };
  if (String(proxy ?? false) === 'true') {
    return {
      message:
        'sends the header of proxy protocol v2, which a router does not send, and targets that wait for it would refuse every connection',
      fix: `Turn it off on both sides at once in the old configuration, ${AGAIN}`,
    };
  }
  if (attachments.length === 0) {
    return {
      message: 'has no address in this state',
      fix: `Give the state of the configuration that registers its addresses too; if it has none, leave its listener out, ${AGAIN}`,
    };
  }
  const strange = attachments.map(({ values }) => values.target_id).filter((id) => !isIPv4(id));
  if (strange.length > 0) {
    return { message: `has ${listed(strange)}; a router's targets have IPv4 addresses`, fix: other };
  }
  const ports = [...new Set(attachments.map(({ values }) => values.port ?? null))];
  return ports.length === 1
    ? undefined
    : {
        message: `has addresses on different ports (${listed(ports.map((port) => port ?? 'its own'))}); a target has one port`,
        fix: `Keep those of one port, ${AGAIN} The others can be targets of their own.`,
      };
}

function otherPort({ resource, values }: Found<'targetGroup'>, port: number): AdoptFinding {
  return warned(
    'PLR9112',
    resource.address,
    `${values.name} has port ${values.port ?? 'none'} and its addresses port ${port}; a router gives both the same, so that the group is made anew and the listener goes over to it`,
    'The listener and its port stay. Apply when a short cut of its connections may be.',
  );
}

type FoundCheck = NonNullable<Found<'targetGroup'>['values']['health_check']>[number];

function checkOf(check: FoundCheck, port: number | undefined): HealthCheck {
  const { interval, timeout, healthy_threshold: healthyThreshold, unhealthy_threshold: unhealthyThreshold } = check;
  const times = { interval, timeout, healthyThreshold, unhealthyThreshold };
  const where = port === undefined ? {} : { port };
  if (check.protocol !== 'HTTP' && check.protocol !== 'HTTPS') return { protocol: 'TCP', ...where, ...times };
  return {
    protocol: check.protocol,
    ...where,
    ...(check.path ? { path: check.path } : {}),
    ...(check.matcher ? { matcher: check.matcher } : {}),
    ...times,
  };
}
