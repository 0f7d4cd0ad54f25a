import type { Diagnostic } from '../model';
import { sorted } from './diagnostics';

/** What one environment's run found. */
export interface FindingsOf {
  /** Undefined for the inventory without any environment. */
  readonly env: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The findings of several environments of one inventory, each once: what the inventory itself shows is the same in every
 * environment, and is told with the names of those that it concerns. A finding in an overlay or a lock is told as it is,
 * since that file is one environment's own.
 * @param file the inventory
 * @returns sorted by file, line and column
 */
export function acrossEnvironments(file: string, found: readonly FindingsOf[]): readonly Diagnostic[] {
  const groups = new Map<string, { readonly one: Diagnostic; readonly envs: (string | undefined)[] }>();
  for (const { env, diagnostics } of found) {
    for (const one of diagnostics) {
      const { code, severity, message, line, column, path, fix } = one;
      const key = JSON.stringify([code, severity, message, one.file, line, column, path, fix]);
      const group = groups.get(key) ?? { one, envs: [] };
      groups.set(key, group);
      if (!group.envs.includes(env)) group.envs.push(env);
    }
  }
  const named = found.length > 1;
  return sorted(
    [...groups.values()].map(({ one, envs }) =>
      named && (one.file === undefined || one.file === file)
        ? { ...one, message: withEnvironments(one.message, envs) }
        : one,
    ),
  );
}

function withEnvironments(message: string, envs: readonly (string | undefined)[]): string {
  const stop = message.endsWith('.') ? '.' : '';
  const names = envs.flatMap((env) => env ?? []);
  const without = envs.length === names.length ? [] : ['without an environment'];
  const what = names.length === 1 ? 'environment' : 'environments';
  const words = [...(names.length === 0 ? [] : [`${what} ${names.join(', ')}`]), ...without];
  return `${message.slice(0, message.length - stop.length)} (${words.join(', and ')})${stop}`;
}
