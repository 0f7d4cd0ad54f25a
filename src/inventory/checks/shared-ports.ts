import { type Route, shortList, type ValuePath } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding, warningAt } from '../findings';
import type { Check, CheckContext, RouterView, TargetView } from './context';

/** What targets of one router cannot both have at a port that names share, and the names that their certificates need. */
export const checkSharedPorts: Check = function* (context) {
  for (const router of context.routers) {
    yield* namesOfPorts(router, context);
    yield* certificates(router);
  }
};

/** A name of an enabled target at a port. */
interface Dialled {
  readonly target: TargetView;
  readonly route: Route;
  readonly name: string;
  /** Where the name stands. */
  readonly at: ValuePath;
}

/**
 * Only of ports that are written, as `listenPort`: every other one may be another in the lock, which the planner knows. All
 * targets of a name are on one shard, so that one port of theirs is the same listener.
 */
function* namesOfPorts({ targets, sharedDomain }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const known = new Map<string, Dialled[]>();
  for (const target of targets) {
    const { listenPort, enabled, route = 'tcp' } = target.written;
    if (listenPort === undefined || enabled === false) continue;
    let told = false;
    for (const { host, path } of target.domains) {
      if (host === sharedDomain) continue;
      const one: Dialled = { target, route, name: host.name, at: path };
      const end = `${listenPort} ${host.name}`;
      const earlier = known.get(end) ?? [];
      known.set(end, [...earlier, one]);
      const before = earlier.find((other) => other.target !== target && refusal(other, one) !== undefined);
      const reason = before && refusal(before, one)?.(before, one, context.where(before.at));
      if (reason === undefined || told) continue;
      // Ten names in common are one mistake.
      told = true;
      yield errorAt(target.written.path !== undefined && route === 'http' ? [...target.path, 'path'] : path, reason);
    }
  }
}

type Refusal = (before: Dialled, one: Dialled, where: string) => Fault;

/** What keeps two targets of one name from one port; undefined: nothing, or what the planner says of two ports of `tcp`. */
function refusal(before: Dialled, one: Dialled): Refusal | undefined {
  if (before.route !== one.route) return twoRoutes;
  if (one.route === 'tcp') return undefined;
  return before.target.written.path === one.target.written.path ? oneNameTwice : undefined;
}

const twoRoutes: Refusal = (before, { target, route, name }, where) =>
  fault(
    'PLR1264',
    `The port ${target.written.listenPort} of ${name} has the route ${before.route} already, by the target ${before.target.name} (${where}); this target has the route ${route}, and a port has one.`,
    'Give one of the two another listenPort, or both the same route.',
  );

const oneNameTwice: Refusal = (before, { target, route, name }, where) => {
  const { path = '', listenPort } = target.written;
  const differ = route === 'http' ? 'another path, domain or listenPort' : 'another domain or listenPort';
  return fault(
    'PLR1263',
    `${name}${path} at the port ${listenPort} is the target ${before.target.name} already (${where}); nothing tells the two apart.`,
    `Give one of the two ${differ}; two hosts of which any will do are one target, with hosts:.`,
  );
};

/** Said once for a router: whoever gives hosts other names gives many of them. A host that is an address has no name but these. */
function* certificates({ targets, sharedDomain }: RouterView): Iterable<InventoryFinding> {
  const foreign = targets.flatMap(({ written, hosts, domains }) => {
    if (written.route !== 'sni' || written.enabled === false || hosts.every(({ host }) => host.literal)) return [];
    const own = new Set(hosts.map(({ host }) => host.name));
    return domains.filter(({ host }) => host !== sharedDomain && !own.has(host.name));
  });
  const [first] = foreign;
  if (first === undefined) return;
  const names = shortList([...new Set(foreign.map(({ host }) => host.name))]);
  const reason = fault(
    'PLR1265',
    `Clients see the certificates of the hosts themselves, and dial other names: ${names}.`,
    'Add each name to the certificate of its host, unless a wildcard has it; or let clients dial the host, and remove its domain.',
  );
  yield warningAt(first.path, reason);
}
