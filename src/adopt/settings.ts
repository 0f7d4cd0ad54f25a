import type { HealthCheck } from '../model';
import type { AdoptedTarget } from './adopted';

/** What targets and routers can both say. */
export interface Settings {
  readonly idleTimeout?: number;
  readonly drain?: number;
  readonly healthCheck?: HealthCheck;
}

const KEYS = ['idleTimeout', 'drain', 'healthCheck'] as const;

/** What all targets have alike, said once; and of each target what the others have otherwise. */
export function settingsOf(targets: readonly AdoptedTarget[]): {
  readonly shared: Settings;
  readonly own: (target: AdoptedTarget) => Settings;
} {
  const [first] = targets;
  const alike = KEYS.filter((key) =>
    targets.every((target) => JSON.stringify(target[key]) === JSON.stringify(first?.[key])),
  );
  return {
    shared: first === undefined ? {} : pick(first, alike),
    own: (target) =>
      pick(
        target,
        KEYS.filter((key) => !alike.includes(key)),
      ),
  };
}

function pick(target: AdoptedTarget, keys: readonly (typeof KEYS)[number][]): Settings {
  return Object.fromEntries(keys.flatMap((key) => (target[key] === undefined ? [] : [[key, target[key]]])));
}

/** Keys as the modules write them. */
export function snakeCase(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCase(item),
    ]),
  );
}
