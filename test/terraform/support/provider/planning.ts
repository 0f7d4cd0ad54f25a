import type { ResourceKind } from './kind';
import type { BlockSchema, TypeSchema } from './schema';
import { isSet, isUnknown, same, UNKNOWN, type Value, type Values } from './values';

function isObject(value: Value): value is Values {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !isUnknown(value);
}

function elements(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** The values at a path of blocks and an attribute, `os_disk.caching`, one of each block. */
export function valuesAt(values: Values, path: string): readonly Value[] {
  const [name = '', ...rest] = path.split('.');
  const value = values[name];
  if (rest.length === 0) return [value];
  return elements(value).flatMap((item) => (isObject(item) ? valuesAt(item, rest.join('.')) : []));
}

/** The attributes of an object type, where a type is a list or a set of objects. */
function objectOf(type: unknown): Readonly<Record<string, unknown>> | undefined {
  const [outer, inner] = Array.isArray(type) ? type : [];
  const [kind, attributes] = Array.isArray(inner) ? inner : [];
  return (outer === 'set' || outer === 'list') && kind === 'object' ? attributes : undefined;
}

/** Objects with Go's zero values for what they leave out, as Terraform's SDK keeps them. */
function withZeros(value: Value, attributes: Readonly<Record<string, unknown>>): Value {
  if (!Array.isArray(value)) return value;
  const zero = (type: unknown): Value =>
    type === 'string' ? '' : type === 'bool' ? false : type === 'number' ? 0 : [];
  return value.map((item) =>
    isObject(item)
      ? Object.fromEntries(Object.entries(attributes).map(([name, type]) => [name, item[name] ?? zero(type)]))
      : item,
  );
}

interface Sources {
  readonly config: Values;
  /** What was there before, where the resource is kept. */
  readonly prior: Values | undefined;
  readonly defaults: Readonly<Record<string, Value>>;
  readonly path: string;
}

/** The block as it will be: defaults filled in, and what only the provider knows left open where it is new. */
function completed(schema: BlockSchema, wanted: Values, { config, prior, defaults, path }: Sources): Values {
  const result: Values = { ...wanted };
  for (const [name, { computed, type }] of Object.entries(schema.attributes ?? {})) {
    const given = isSet(config[name]);
    const fallback = defaults[`${path}${name}`];
    if (computed === true && !given && prior === undefined) result[name] = UNKNOWN;
    else if (!given && fallback !== undefined && computed !== true) result[name] = fallback;
    const attributes = objectOf(type);
    if (attributes !== undefined) result[name] = withZeros(result[name], attributes);
  }
  for (const [name, nested] of Object.entries(schema.block_types ?? {})) {
    const value = wanted[name];
    if (!Array.isArray(value)) continue;
    const [configs, priors] = [elements(config[name]), elements(prior?.[name])];
    result[name] = value.map((item, index) => {
      if (!isObject(item)) return item;
      const [own, before] = [configs[index], priors[index]];
      // A set has no order by which to find what was there before.
      const known = nested.nesting_mode === 'set' ? prior : before;
      return completed(nested.block, item, {
        config: isObject(own) ? own : item,
        prior: isObject(known) ? known : undefined,
        defaults,
        path: `${path}${name}.`,
      });
    });
  }
  return result;
}

/** What Terraform would write into the state, and the attributes whose change replaces the resource. */
export function plan(
  schema: TypeSchema,
  kind: ResourceKind,
  prior: Values | undefined,
  wanted: Values,
  config: Values,
): { planned: Values; replace: readonly string[] } {
  const block = schema.block ?? {};
  const { defaults = {} } = kind;
  const kept = completed(block, wanted, { config, prior, defaults, path: '' });
  const replace = prior === undefined ? [] : replacing(kind, prior, kept);
  const fresh = prior === undefined || replace.length > 0;
  const planned = fresh ? completed(block, wanted, { config, prior: undefined, defaults, path: '' }) : kept;
  for (const name of kind.computedBlocks) planned[name] = fresh ? UNKNOWN : (prior[name] ?? []);
  return { planned, replace };
}

function replacing(kind: ResourceKind, prior: Values, wanted: Values): readonly string[] {
  const changed = kind.replacing.filter((path) => {
    const [before, after] = [valuesAt(prior, path), valuesAt(wanted, path)];
    // A block that comes or goes is a change of the block and not of its attributes.
    return !path.includes('.')
      ? !same(before as Value[], after as Value[])
      : after.some((value, index) => index < before.length && !same(value, before[index]));
  });
  const names = [...changed, ...(kind.replaces?.(prior, wanted) ?? [])].map((path) => path.split('.')[0] ?? path);
  return [...new Set(names)];
}
