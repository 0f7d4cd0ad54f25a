/** Something that a test wants and this machine does not have. */
export interface Lack {
  /** Its name, `haproxy`. */
  readonly what: string;
  /** What to do to have it, as an order: `run .ci/engines`. */
  readonly get: string;
}

declare module 'vitest' {
  interface TaskMeta {
    /** Why a suite is skipped. Its tests inherit it. */
    lacks?: readonly Lack[];
  }
}

/** As the message of a test that may not be skipped has it. */
export function lackWords(lacks: readonly Lack[]): string {
  return lacks.map(({ what, get }) => `${what} not found (${get})`).join('; ');
}

/** A skipped test, by what it lacks. */
type Skipped = readonly Lack[];

/**
 * Everything that skipped tests lack, once each: what is had in the same way shares a row. Undefined where no test lacks
 * anything.
 */
export function lacksTable(skipped: readonly Skipped[]): string | undefined {
  const rows = new Map<string, { names: Set<string>; tests: number }>();
  for (const lacks of skipped) {
    for (const { what, get } of lacks) {
      const row = rows.get(get) ?? { names: new Set(), tests: 0 };
      row.names.add(what);
      rows.set(get, row);
    }
    for (const get of new Set(lacks.map((lack) => lack.get))) {
      const row = rows.get(get);
      if (row !== undefined) row.tests += 1;
    }
  }
  if (rows.size === 0) return undefined;
  const tests = (count: number): string => `${count} test${count === 1 ? '' : 's'}`;
  const lines = [...rows].map(([get, row]) => `  ${[...row.names].sort().join(', ')} (${tests(row.tests)}): ${get}`);
  const all = skipped.filter((lacks) => lacks.length > 0).length;
  return [`Skipped: ${tests(all)}. This machine lacks what they need:`, ...lines.sort()].join('\n');
}
