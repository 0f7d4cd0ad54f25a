import { limitValue } from '../../limits';
import type { ValuePath } from '../../model';
import { fault, type InventoryFinding, warningAt } from '../findings';
import { PRESETS } from '../tables/presets';

/** Idle timeouts that cut sessions, and those that only seem to spare them. Defaults are never at fault. */
export function* idleTimeoutWarnings(
  path: ValuePath,
  idleTimeout: number | undefined,
  presets: readonly (string | undefined)[],
): Iterable<InventoryFinding> {
  if (idleTimeout === undefined) return;
  const endpoint = limitValue('aws.endpointIdleTimeout', {});
  if (idleTimeout > endpoint) {
    const reason = fault(
      'PLR1231',
      `The endpoint in front of the load balancer forgets idle connections after ${endpoint} s; ${idleTimeout} s have no effect for clients behind it.`,
      `Set keep-alives of clients or servers under ${endpoint} s.`,
    );
    yield warningAt(path, reason);
    return;
  }
  const keepAliveOf = (preset: string | undefined): number => PRESETS.get(preset ?? '')?.keepAlive ?? 0;
  const preset = presets.find((name) => idleTimeout < Math.min(keepAliveOf(name), endpoint));
  if (preset === undefined) return;
  const keepAlive = keepAliveOf(preset);
  const sooner =
    keepAlive > endpoint
      ? `sooner than the endpoint in front of it does (${endpoint} s), and ${preset} sends no keep-alive before that`
      : `before the keep-alive of ${preset}, which comes after ${keepAlive} s`;
  const reason = fault(
    'PLR1230',
    `The listener cuts idle sessions after ${idleTimeout} s, ${sooner}.`,
    `Set idleTimeout to ${endpoint}, or keep-alives under ${idleTimeout} s.`,
  );
  yield warningAt(path, reason);
}
