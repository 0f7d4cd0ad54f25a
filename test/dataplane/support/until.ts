import { setTimeout as sleep } from 'node:timers/promises';

/** For how long a condition may stay untrue before a test gives up on it, in milliseconds: a limit, never a measure. */
const PATIENCE = 60_000;

/**
 * Waits until a condition holds; one that throws does not hold yet.
 * @returns what it came to @throws Error that names it, with the last trouble, when patience ends
 */
export async function until<T>(
  what: string | (() => string),
  condition: () => T | Promise<T>,
  { patience = PATIENCE, pause = 50 } = {},
): Promise<Exclude<T, false | undefined>> {
  const end = Date.now() + patience;
  let trouble: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value !== false && value !== undefined) return value as Exclude<T, false | undefined>;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() > end) {
      const name = typeof what === 'string' ? what : what();
      throw new Error(`waited in vain for ${name}${trouble === undefined ? '' : `: ${String(trouble)}`}`);
    }
    await sleep(pause);
  }
}
