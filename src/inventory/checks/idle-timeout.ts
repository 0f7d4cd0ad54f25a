import { limitValue } from '../../limits';
import type { Cloud, ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import { idleTimeoutRange } from '../shape/expected-in';
import { NO_PRESET, PRESETS } from '../tables/presets';

/** Idle timeouts that the cloud does not take, that cut sessions, or that only seem to spare them. Defaults are never at fault. */
export function* idleTimeouts(
  path: ValuePath,
  idleTimeout: number | undefined,
  presets: readonly (string | undefined)[],
  cloud: Cloud | undefined,
): Iterable<InventoryFinding> {
  if (idleTimeout === undefined || cloud === undefined) return;
  const { min, max } = idleTimeoutRange(cloud);
  if (idleTimeout < min || idleTimeout > max) {
    const allowed = `a whole number from ${min} to ${max}`;
    yield errorAt(path, fault('PLR1104', `Got ${idleTimeout}; expected ${allowed}.`, `Write ${allowed}.`));
  } else {
    yield* WARNINGS[cloud](path, idleTimeout, presets);
  }
}

type Warnings = (
  path: ValuePath,
  idleTimeout: number,
  presets: readonly (string | undefined)[],
) => Iterable<InventoryFinding>;

/** What a timeout within the bounds does to sessions. */
const WARNINGS: Readonly<Record<Cloud, Warnings>> = { aws: awsWarnings, azure: azureWarnings };

function* awsWarnings(
  path: ValuePath,
  idleTimeout: number,
  presets: readonly (string | undefined)[],
): Iterable<InventoryFinding> {
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

/** Pools and people leave sessions alone for about so long, in seconds; keep-alives are no bytes to the forwarder's timer. */
const PAUSE = 3600;

function* azureWarnings(
  path: ValuePath,
  idleTimeout: number,
  presets: readonly (string | undefined)[],
): Iterable<InventoryFinding> {
  const preset = presets.find((name) => {
    const usual = PRESETS.get(name ?? '')?.forwarderIdleTimeout;
    return usual !== undefined && usual >= PAUSE && idleTimeout < PAUSE;
  });
  if (preset === undefined) return;
  const reason = fault(
    'PLR1230',
    `The forwarder cuts sessions that say nothing for ${idleTimeout} s; those of ${preset} rest for an hour and more, and keep-alives do not count.`,
    `Set idleTimeout to ${PAUSE} or more, or leave it away for ${NO_PRESET.forwarderIdleTimeout}.`,
  );
  yield warningAt(path, reason);
}
