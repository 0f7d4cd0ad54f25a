import { deploymentName } from '../../model';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import type { HostView, RouterView, TargetView } from './context';

/** DNS name of a network load balancer: its name, an id, the region. Ours are called plr-<deployment>-<shard>-<hash>. */
export const LOAD_BALANCER = /^plr-(.+)-[0-9a-f]{8}-[0-9a-f]{16}\.elb\.([a-z0-9-]+)\.amazonaws\.com$/;

/** An endpoint service itself: its name, or its base name in DNS. */
export const SERVICE =
  /^(com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+|vpce-svc-[0-9a-f]+\.[a-z0-9-]+\.vpce\.amazonaws\.com)$/;

/** The alias of a Private Link Service: `name.uuid.location.azure.privatelinkservice`. */
export const ALIAS = /\.azure\.privatelinkservice$/;

/** An interface endpoint of an endpoint service, somebody's or our own. */
const ENDPOINT = /^(.+\.)?vpce-[0-9a-f]+(-[a-z0-9-]+)?\.vpce-svc-[0-9a-f]+\.[a-z0-9-]+\.vpce\.amazonaws\.com$/;

/** Hosts that lead back into the router. */
export function* loopbackHost(
  { hosts }: TargetView,
  router: RouterView,
  env: string | undefined,
): Iterable<InventoryFinding> {
  for (const one of hosts) yield* leadsBack(one, router, env);
}

function* leadsBack(
  { host: { name }, path }: HostView,
  router: RouterView,
  env: string | undefined,
): Iterable<InventoryFinding> {
  const [, readable, region] = LOAD_BALANCER.exec(name) ?? [];
  if (
    readable !== undefined &&
    region === router.written.aws?.region &&
    isOwn(readable, deploymentName(router.name, env))
  ) {
    const reason = fault(
      'PLR1216',
      "The host is this router's own load balancer: connections would go round in circles.",
      'Write the host of the target itself.',
    );
    yield errorAt(path, reason);
  } else if (SERVICE.test(name)) {
    const reason = fault(
      'PLR1216',
      'The host is an endpoint service, which nobody connects to by this name; a router is one itself.',
      'Write the host of the target itself.',
    );
    yield errorAt(path, reason);
  } else if (ALIAS.test(name)) {
    const reason = fault(
      'PLR1216',
      'The host is the alias of a Private Link Service, which nobody connects to by this name; a router is one itself.',
      'Write the host of the target itself.',
    );
    yield errorAt(path, reason);
  } else if (ENDPOINT.test(name)) {
    const reason = fault(
      'PLR1219',
      "The host is an interface endpoint of an endpoint service. If that service is this router's own, connections go round in circles.",
      'Make sure that the service belongs to somebody else, or write the host of the target itself.',
    );
    yield warningAt(path, reason);
  }
}

/** Names of load balancers are cut to fit, so that the readable part may be a beginning only. */
function isOwn(readable: string, deployment: string): boolean {
  const bare = readable.replace(/-\d+$/, '');
  return readable === deployment || bare === deployment || (readable.length >= 8 && deployment.startsWith(readable));
}
