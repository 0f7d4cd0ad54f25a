import { expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import { inventoryJsonSchema } from '../../src/inventory';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { accepted, bytesOf, type Document, documentOf, type Planned, planned } from './deployment';

type Schema = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** A value that an inventory can have, and what the schema says of it. */
interface Leaf {
  readonly path: Path;
  readonly schema: Schema;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every value that the schema knows, at each place of the document where it can be; a map's keys are those that are there, and one more. */
function leaves(schema: Schema, document: unknown, path: Path = []): Leaf[] {
  const variants = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  const own = { path, schema };
  if (variants !== undefined && schema.properties === undefined) {
    return variants.flatMap((variant) => leaves(variant, document, path));
  }
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
  const named = Object.entries(properties).flatMap(([key, value]) =>
    leaves(value, isMap(document) ? document[key] : undefined, [...path, key]),
  );
  const others = schema.additionalProperties;
  if (isMap(others)) {
    const keys = isMap(document) ? Object.keys(document) : [];
    return [
      ...named,
      ...keys.flatMap((key) => leaves(others, isMap(document) ? document[key] : undefined, [...path, key])),
      { path: [...path, 'x1'], schema: others },
    ];
  }
  return named.length > 0 ? [own, ...named] : [own];
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (isMap(value) ? value[step] : undefined), document);
}

function edited(document: Document, path: Path, value: unknown): Document {
  const copy = structuredClone(document);
  let at = copy;
  for (const step of path.slice(0, -1)) {
    if (!isMap(at[step])) at[step] = {};
    at = at[step];
  }
  const last = path.at(-1) as string;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

/** Every text in a document: what stands at one place is tried at the others of the same form. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Of texts that look alike the first: another id of the same form is refused, or told, for the same reason. */
function oneOfEachForm(all: readonly string[]): string[] {
  const forms = new Map([...all].sort().map((text) => [text.replace(/[a-z]+/gi, 'a').replace(/[0-9]+/g, '0'), text]));
  return [...forms.values()];
}

/** The text with its last letter or digit another one of the same form, which is how ids and names differ. */
function sibling(text: string): string {
  return text.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, (last) =>
    /[0-8a-e]/.test(last) ? String.fromCharCode(last.charCodeAt(0) + 1) : 'a',
  );
}

/** Values to try at a place: those that the schema names, and those that are near to what is there or stand elsewhere. */
function candidates({ schema }: Leaf, now: unknown, pool: readonly string[]): unknown[] {
  const { type, minimum, maximum } = schema;
  const examples = (schema.examples as unknown[] | undefined) ?? [];
  const listed = (schema.enum as unknown[] | undefined) ?? ('const' in schema ? [schema.const] : []);
  if (listed.length > 0) return [...listed, undefined];
  if (type === 'boolean') return [true, false, undefined];
  if (type === 'integer' || type === 'number') {
    const near = typeof now === 'number' ? [now + 1, now - 1, now * 2] : [];
    return [...near, minimum, maximum, schema.default, 15, 400, undefined];
  }
  if (type === 'array') {
    const items = Array.isArray(now) ? now : [];
    const one = items.at(-1) ?? pool[0];
    const another = typeof one === 'string' ? sibling(one) : typeof one === 'number' ? one + 1 : one;
    return [
      [...items, another],
      items.slice(0, -1),
      [...items].reverse(),
      [another],
      ...pool.map((text) => [text]),
      ...examples,
      undefined,
    ];
  }
  if (type === 'object') return [undefined];
  const text = typeof now === 'string' ? [sibling(now), `${now}x`, `x${now}`] : [];
  return [...text, ...pool, ...examples, 1234, undefined];
}

/** What was found of a key, over all the values that were tried there. */
interface Found {
  /** True of a map that is made of keys of its own. */
  readonly holds: boolean;
  refused: number;
  told: number;
  silent: number;
}

/** A path with the names that users give left open. */
function keyOf(path: Path): string {
  return path
    .map((step, index) => {
      const above = path[index - 1];
      return above === 'routers' || above === 'targets' || above === 'tags' || path[index - 2] === 'backend'
        ? '*'
        : step;
    })
    .join('.');
}

/** Tries every value at every place, and fails where one is silent and changes a byte. */
function tryAll(document: Document, found: Map<string, Found>): void {
  const before = accepted(document);
  const emitted = new Map([[JSON.stringify(before.plan), bytesOf(before.plan)]]);
  const bytes = [...emitted.values()][0];
  const pool = oneOfEachForm(texts([documentOf(VALID), documentOf(VALID_AZURE)]));
  for (const leaf of leaves(inventoryJsonSchema(), document)) {
    if (leaf.path.length === 0) continue;
    const name = keyOf(leaf.path);
    const count = found.get(name) ?? { holds: leaf.schema.type === 'object', refused: 0, told: 0, silent: 0 };
    found.set(name, count);
    const now = valueAt(document, leaf.path);
    const values = candidates(leaf, now, pool);
    for (const value of new Map(values.map((one) => [JSON.stringify(one), one])).values()) {
      if (JSON.stringify(value) === JSON.stringify(now)) continue;
      const one = edited(document, leaf.path, value);
      // What excludes another key is tried in its place, and alone in its map.
      const ways = count.told + count.silent > 0 ? [one] : [one, ...withoutEach(one, leaf.path), alone(one, leaf.path)];
      for (const way of ways) judge(before, way, `${leaf.path.join('.')} = ${JSON.stringify(value)}`, count);
    }
  }

  function judge(from: Planned, way: Document, name: string, count: Found): void {
    const after = planned(way, from.lock);
    if (!('plan' in after)) {
      count.refused += 1;
    } else if (compareDeployments(from, after).length > 0) {
      count.told += 1;
    } else {
      count.silent += 1;
      // What is emitted is made of the plan alone: the same plan is emitted once.
      const plan = JSON.stringify(after.plan);
      if (!emitted.has(plan)) emitted.set(plan, bytesOf(after.plan));
      expect(emitted.get(plan), `${name} changes bytes, and nothing is told`).toBe(bytes);
    }
  }
}

/** The document with one other key of the same map left out, for each of them. */
function withoutEach(document: Document, path: Path): Document[] {
  const map = valueAt(document, path.slice(0, -1));
  const others = isMap(map) ? Object.keys(map).filter((key) => key !== path.at(-1)) : [];
  return path.length < 3 ? [] : others.map((key) => edited(document, [...path.slice(0, -1), key], undefined));
}

/** The document with the key alone in its map. */
function alone(document: Document, path: Path): Document {
  return edited(document, path.slice(0, -1), { [path.at(-1) as string]: valueAt(document, path) });
}

/** One router of each engine costs three times as much as one: the values below a router are the same. */
function firstRouter(text: string): Document {
  const document = documentOf(text);
  document.routers = Object.fromEntries(Object.entries(document.routers).slice(0, 1));
  return document;
}

/** Keys of which every edit of these routers is refused, because of what they mean, or because they need another key edited. */
const OUT_OF_REACH: readonly string[] = [
  'routers.*.aws.accountId', // another account is another router
  'routers.*.aws.govcloud', // in GovCloud only
  'routers.*.aws.region', // another region is another router
  'routers.*.azure.forwarder.egress.mirror.caCertificate', // a whole key or certificate alone is taken
  'routers.*.azure.forwarder.egress.mirror.signingKey',
  'routers.*.azure.location', // what Azure replaces is pinned
  'routers.*.azure.natSubnetId',
  'routers.*.azure.network.addressSpace',
  'routers.*.azure.resourceGroupName',
  'routers.*.databricks.host', // needs an account beside it
  'routers.*.healthCheck.host',
  'routers.*.healthCheck.matcher', // needs HTTP
  'routers.*.healthCheck.path',
  'routers.*.ncc.router', // needs a router beside it that makes the NCC: ncc-edits.test.ts
  'routers.*.targets.*.path', // needs a route that reads it: shared-routes.test.ts
  'routers.*.targets.*.shard', // a target keeps its shard
  'routers.*.targets.*.tls', // needs a route that reads TLS, and decides nothing but whether that may be
  'version',
];

it('tells, refuses, or emits the same bytes for an edit of any value that the schema knows', () => {
  const found = new Map<string, Found>();
  const unprotected = VALID.replace('deletionProtection: true', 'deletionProtection: false');
  for (const text of [VALID, unprotected, VALID_AZURE]) tryAll(firstRouter(text), found);
  const unreached = [...found]
    .filter(([, { told, silent, holds }]) => !holds && told + silent === 0)
    .map(([key]) => key);
  expect(unreached.sort()).toEqual(OUT_OF_REACH);
  const sum = (pick: (one: Found) => number): number =>
    [...found.values()].reduce((total, one) => total + pick(one), 0);
  expect(sum(({ told }) => told)).toBeGreaterThan(1000);
  expect(sum(({ silent }) => silent)).toBeGreaterThan(100);
});
