import { compareText } from '../model';

/** The entries of a map by key. */
export function sortedEntries<T>(
  map: Readonly<Record<string, T>>,
  compare: (a: string, b: string) => number = compareText,
): readonly (readonly [string, T])[] {
  return Object.entries(map).sort(([a], [b]) => compare(a, b));
}
