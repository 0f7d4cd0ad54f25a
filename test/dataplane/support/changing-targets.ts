import { target } from '../../forwarder/render';
import { TARGETS, type Targets } from './lab';

/** Below the ports of everything that comes and goes. */
export const FIRST_PORT = 10100;

/** The targets of the n-th configuration beside those that never change: one comes each time, others change or go. */
export function changingTargets(step: number): Targets {
  const extras: Record<string, Targets[string]> = {};
  for (let n = Math.max(1, step - 2); n <= step; n += 1) {
    extras[`extra-${n}`] = target(FIRST_PORT + n, 'ledger.corp.example', 7000, { idle_timeout: 600 + step });
  }
  return { ...TARGETS, ...extras };
}
