import type { Route, SharedRoute } from '../../model';
import { sharedRoute } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding } from '../findings';
import { CLOUD_FACTS } from '../tables/clouds';
import type { Hello } from '../tables/hello';
import { NO_PRESET, PRESETS } from '../tables/presets';
import type { Check, RouterView, TargetView } from './context';

/** Each target by itself: whether its route has what it reads, and the keys that belong to it. */
export const checkRoutes: Check = function* ({ routers }) {
  for (const router of routers) {
    for (const target of router.targets) {
      yield* keysOfOthers(target);
      const route = sharedRoute(target.written.route ?? 'tcp');
      // A cloud that lacks the route is told so, and nothing else of it.
      if (route === undefined || (router.cloud !== undefined && !CLOUD_FACTS[router.cloud].routes.includes(route))) {
        continue;
      }
      yield* unreadable(target, route);
      yield* nameOfAll(target, route, router);
    }
  }
};

/** Keys that belong to one route, and what to say where the target has another. */
const KEYS: Readonly<Record<'path' | 'tls', { readonly route: SharedRoute; readonly means: string; fix: string }>> = {
  path: {
    route: 'http',
    means: 'path chooses among the requests of one domain, which the route http reads',
    fix: 'Write route: http, or remove path; the path of a health check stands in healthCheck.',
  },
  tls: {
    route: 'sni',
    means: 'tls: direct says that a TLS hello comes first, which the route sni reads',
    fix: 'Write route: sni, or remove tls; TLS passes through every other port as it is.',
  },
};

function* keysOfOthers({ path, written }: TargetView): Iterable<InventoryFinding> {
  const own: Route = written.route ?? 'tcp';
  for (const key of ['path', 'tls'] as const) {
    const { route, means, fix } = KEYS[key];
    if (written[key] === undefined || own === route) continue;
    yield errorAt([...path, key], fault('PLR1261', `${means}; this target has the route ${own}.`, fix), { at: 'key' });
  }
}

function* unreadable({ path, written }: TargetView, route: SharedRoute): Iterable<InventoryFinding> {
  const { preset = '', tls } = written;
  const { hello, plainHttp } = PRESETS.get(preset) ?? NO_PRESET;
  const reason = { sni: () => noHello(preset, hello, tls), http: () => noRequests(preset, hello, plainHttp) }[route]();
  if (reason !== undefined) yield errorAt([...path, 'route'], reason);
}

const OWN_PORT = 'Remove route, so that the target has a listener port of its own';

function noHello(preset: string, { comes, instead, direct }: Hello, tls: 'direct' | undefined): Fault | undefined {
  if (comes === 'at once' || (comes === 'direct' && tls === 'direct')) return undefined;
  const web = preset === 'http' ? 'Write route: http' : OWN_PORT;
  return fault(
    'PLR1262',
    `route: sni reads the name of the host in the TLS hello that clients begin with; those of ${preset} ${instead}.`,
    direct === undefined ? `${web}.` : `${web}; or add tls: direct where all begin with TLS at once: ${direct}.`,
  );
}

function noRequests(preset: string, { comes }: Hello, plainHttp: boolean): Fault | undefined {
  if (plainHttp) return undefined;
  const sni = comes === 'at once' ? 'Write route: sni, which reads the name in the TLS hello' : OWN_PORT;
  return preset === 'https'
    ? fault(
        'PLR1262',
        'route: http reads requests, and those of https come encrypted; nobody opens their TLS.',
        `${sni}, or preset: http where the target takes requests without TLS.`,
      )
    : fault(
        'PLR1262',
        `route: http reads HTTP requests without TLS, and clients of ${preset} send none.`,
        `${sni}${comes === 'at once' ? ', or remove route' : ''}.`,
      );
}

/** The name of many targets chooses none of them. */
function* nameOfAll(
  { path, written, domains }: TargetView,
  route: SharedRoute,
  { sharedDomain }: RouterView,
): Iterable<InventoryFinding> {
  if (sharedDomain === undefined || !domains.some(({ host }) => host === sharedDomain)) return;
  const paths = written.path === undefined ? '' : '; targets that differ in their paths may write the same one';
  const reason = fault(
    'PLR1110',
    `route: ${route} and the shared domain ${sharedDomain.name} exclude each other: the name that clients dial chooses the target, and this one is the name of all.`,
    `Add domain: with a name of the target's own${paths}; or remove route.`,
  );
  yield errorAt([...path, 'route'], reason);
}
