import { defined, type HealthCheck, type ValuePath } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding } from '../findings';
import type { WrittenTarget } from '../schema/inventory';
import { PLAIN_CHECK } from '../tables/presets';
import { isHost, parseHost } from '../values/host';
import type { CheckContext, Loose } from './context';

export type WrittenCheck = Loose<NonNullable<WrittenTarget['healthCheck']>>;

/**
 * The check in force: the target's own words, then the router's, then the protocol's table. Path, matcher and host of a
 * router count only for targets that are probed by HTTP.
 */
export function effectiveCheck(
  own: WrittenCheck | undefined,
  router: WrittenCheck | undefined,
  table: HealthCheck,
): HealthCheck {
  const given = (key: keyof HealthCheck) => own?.[key] ?? router?.[key];
  const protocol = own?.protocol ?? router?.protocol ?? table.protocol;
  const port = own?.port ?? router?.port ?? table.port;
  const host = nameOf(own?.host ?? router?.host);
  return {
    protocol,
    ...defined({ port }),
    ...(byHttp(protocol) && {
      path: own?.path ?? router?.path ?? '/',
      matcher: own?.matcher ?? router?.matcher ?? '200-399',
      ...defined({ host }),
    }),
    interval: Number(given('interval') ?? table.interval),
    timeout: Number(given('timeout') ?? table.timeout),
    healthyThreshold: Number(given('healthyThreshold') ?? table.healthyThreshold),
    unhealthyThreshold: Number(given('unhealthyThreshold') ?? table.unhealthyThreshold),
  };
}

function byHttp(protocol: HealthCheck['protocol']): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

/** As every name is kept: lower case, without the dot at the end. */
function nameOf(text: string | undefined): string | undefined {
  const host = text === undefined ? undefined : parseHost(text);
  return host !== undefined && isHost(host) ? host.name : undefined;
}

/**
 * What does not fit together in one health check. A target without one of its own is not blamed for its router's.
 *
 * @param table what holds for what nobody wrote: the preset's, at a target
 */
export function* healthCheckFaults(
  path: ValuePath,
  own: WrittenCheck | undefined,
  router: WrittenCheck | undefined,
  table: HealthCheck,
  context: CheckContext,
): Iterable<InventoryFinding> {
  if (own === undefined) return;
  const check = effectiveCheck(own, router, table);
  // What an overlay switched off keeps the other keys of its base.
  if (check.protocol === 'none') return;
  if (timed(own) && check.timeout > check.interval) {
    yield errorAt([...path, own.timeout !== undefined ? 'timeout' : 'interval'], tooSlow(check));
  }
  if (byHttp(check.protocol)) return;
  for (const key of ['path', 'matcher', 'host'] as const) {
    if (own[key] === undefined || !context.has([...path, key])) continue;
    const reason = fault(
      'PLR1228',
      `${key} has a meaning only with protocol HTTP or HTTPS; this health check is TCP.`,
      `Add protocol: HTTP (or HTTPS), or remove ${key}.`,
    );
    yield errorAt([...path, key], reason);
  }
}

/** A target says nothing of times, and what its router says does not go together with its preset. */
export function* presetFaults(
  path: ValuePath,
  own: WrittenCheck | undefined,
  router: WrittenCheck | undefined,
  table: HealthCheck,
): Iterable<InventoryFinding> {
  if (router === undefined || (own !== undefined && timed(own))) return;
  const alone = effectiveCheck(router, undefined, PLAIN_CHECK);
  const check = effectiveCheck(own, router, table);
  // What is wrong with the router's by itself is told there.
  if (check.protocol === 'none' || alone.timeout > alone.interval || check.timeout <= check.interval) return;
  const { code, message } = tooSlow(check);
  const both = `${message} One is the preset's, the other the router's.`;
  yield errorAt(
    [...path, 'preset'],
    fault(code, both, 'Give the target a healthCheck with a timeout and an interval.'),
  );
}

function timed({ timeout, interval }: WrittenCheck): boolean {
  return timeout !== undefined || interval !== undefined;
}

function tooSlow({ timeout, interval }: HealthCheck): Fault {
  return fault(
    'PLR1227',
    `The timeout of ${timeout} s is longer than the interval of ${interval} s.`,
    'Set timeout to at most interval.',
  );
}
