/** The clouds that a router can stand in. What differs from cloud to cloud is a table with a row for each. */
export const CLOUDS = ['aws', 'azure'] as const;

export type Cloud = (typeof CLOUDS)[number];

/** How people call a cloud. */
export const CLOUD_NAMES: Readonly<Record<Cloud, string>> = { aws: 'AWS', azure: 'Azure' };

/** Those of a union of things that are of one cloud. */
export type OfCloud<Thing extends { readonly cloud: Cloud }, C extends Cloud> = Extract<Thing, { readonly cloud: C }>;

/** A function for each cloud, of that cloud's own kind of thing. */
export type CloudTable<Thing extends { readonly cloud: Cloud }, More extends readonly unknown[], Result> = {
  readonly [C in Cloud]: (thing: OfCloud<Thing, C>, ...more: More) => Result;
};

/** What the row of a thing's own cloud makes of it. */
export function byCloud<Thing extends { readonly cloud: Cloud }, More extends readonly unknown[], Result>(
  table: CloudTable<Thing, More, Result>,
  thing: Thing,
  ...more: More
): Result {
  // The row is the one of the thing's cloud, which the compiler cannot follow from a key to a type.
  const row = table[thing.cloud] as unknown as (thing: Thing, ...more: More) => Result;
  return row(thing, ...more);
}
