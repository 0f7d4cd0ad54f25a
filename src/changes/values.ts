/** Values by name, each of which JSON can hold. */
export type Values = Readonly<Record<string, unknown>>;

/** A value that differs: the way to it, and what it was and is. */
export interface Difference {
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * The values in which two maps differ, as deep as both are maps; a list is one value. Two maps that hold the same and are
 * written differently, in another order of keys, differ in nothing.
 */
export function differences(before: Values, after: Values, way: readonly string[] = []): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [from, to] = [before[key], after[key]];
    const path = [...way, key];
    if (isMap(from) && isMap(to)) return differences(from, to, path);
    return same(from, to) ? [] : [{ path, from, to }];
  });
}
