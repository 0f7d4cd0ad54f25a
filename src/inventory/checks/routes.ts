import { type Route, type SharedRoute, sharedRoute } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding } from '../findings';
import { CLOUD_FACTS } from '../tables/clouds';
import type { Hello } from '../tables/hello';
import { NO_PRESET, PRESETS } from '../tables/presets';
import { withoutRoute } from '../tables/route-aliases';
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
  const reason = UNREADABLE[route](written);
  if (reason !== undefined) yield errorAt([...path, 'route'], reason);
}

/** Why a route does not find in what clients send what it chooses by. */
const UNREADABLE: Readonly<Record<SharedRoute, (written: TargetView['written']) => Fault | undefined>> = {
  sni: (written) => {
    const { preset = '', tls } = written;
    const { comes, instead, direct }: Hello = (PRESETS.get(preset) ?? NO_PRESET).hello;
    if (comes === 'at once' || (comes === 'direct' && tls === 'direct')) return undefined;
    const remedy = preset === 'http' ? 'Write route: http' : withoutRoute(written);
    return fault(
      'PLR1262',
      `route: sni reads the name of the host in the TLS hello that clients begin with; clients of ${preset} ${instead}.`,
      direct === undefined
        ? `${remedy}.`
        : `${remedy}; or add tls: direct where all begin with TLS at once: ${direct}.`,
    );
  },
  http: (written) => {
    const { preset = '' } = written;
    const { hello, plainHttp } = PRESETS.get(preset) ?? NO_PRESET;
    if (plainHttp) return undefined;
    const bySni = hello.comes === 'at once';
    const sni = `Write route: sni${written.path === undefined ? '' : ' without path'}, which reads the name in the TLS hello`;
    if (preset === 'https') {
      const message = 'route: http reads requests, and those of https come encrypted; nobody opens their TLS.';
      return fault('PLR1262', message, `${sni}, or preset: http where the target takes requests without TLS.`);
    }
    const message = `route: http reads HTTP requests without TLS, and clients of ${preset} send none.`;
    return fault('PLR1262', message, bySni ? `${sni}, or remove route.` : `${withoutRoute(written)}.`);
  },
};

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
