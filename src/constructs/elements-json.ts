import { DefaultTokenResolver, StringConcat, TerraformElement, type TerraformStack, Tokenization } from 'cdktf';

/** A Terraform configuration in JSON. */
export type TerraformJson = Record<string, unknown>;

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** By this key cdktf notes an element's construct path beside its arguments. */
const NOTE = '//';

/**
 * The elements of a stack as Terraform JSON. The same as the framework's own method gives, apart from its notes about
 * construct paths and versions; but that one also resolves the notes, and then everything once more, which took most of
 * the time of forty stacks.
 */
export function elementsJson(stack: TerraformStack, outputs: Readonly<Record<string, unknown>>): TerraformJson {
  const elements = stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node));
  const parts = elements.map((element) => withoutNote(element.toTerraform() as TerraformJson));
  const resolve = (part: TerraformJson) =>
    Tokenization.resolve(part, { scope: stack, resolver: RESOLVER, preparing: false }) as TerraformJson;
  // Outputs are no elements: there are as many of them as of everything else in a stack, and all that the framework would
  // add to their text is the time to make them.
  if (Object.keys(outputs).length > 0) parts.push({ output: outputs });
  return parts.map(resolve).reduce<TerraformJson>(merged, {});
}

/** The note stands in `resource` and `data` by type and name, and nowhere else: a user's own key is not touched. */
function withoutNote(part: TerraformJson): TerraformJson {
  const plain = { ...part };
  for (const section of ['resource', 'data']) {
    const types = plain[section];
    if (!isMap(types)) continue;
    plain[section] = mapValues(types, (names) =>
      isMap(names) ? mapValues(names, (element) => (isMap(element) ? without(element, NOTE) : element)) : names,
    );
  }
  return plain;
}

function without(map: TerraformJson, key: string): TerraformJson {
  const { [key]: _left, ...rest } = map;
  return rest;
}

/** Two parts as one; where both have a map under a key, the maps as one. */
function merged(into: TerraformJson, part: TerraformJson): TerraformJson {
  for (const [key, value] of Object.entries(part)) {
    const before = into[key];
    into[key] = isMap(before) && isMap(value) ? merged(before, value) : value;
  }
  return into;
}

function isMap(value: unknown): value is TerraformJson {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function mapValues<T, U>(map: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
