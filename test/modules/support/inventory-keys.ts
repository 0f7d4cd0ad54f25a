import { inventoryJsonSchema } from '../../../src/inventory';

/** A part of the inventory's schema. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly default?: unknown;
}

/** The part of the inventory's schema at a path, `routers.*.azure.subnetId`; undefined where there is none. */
export function schemaAt(path: string): Schema | undefined {
  const step = (schema: Schema | undefined, key: string): Schema | undefined => {
    if (schema === undefined) return undefined;
    const own =
      key === '*' && typeof schema.additionalProperties === 'object'
        ? schema.additionalProperties
        : schema.properties?.[key];
    const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
    return own ?? alternatives.map((one) => step(one, key)).find((one) => one !== undefined);
  };
  return path.split('.').reduce<Schema | undefined>(step, inventoryJsonSchema() as Schema);
}

/** The keys of the map at a path. */
export function keysAt(path: string): readonly string[] {
  const schema = schemaAt(path);
  const all = [schema, ...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])];
  return all.flatMap((one) => Object.keys(one?.properties ?? {}));
}

/** `base_port` as the inventory writes it. */
export function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** A value of an inventory with its keys as a module has them. */
export function snake(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snake);
  if (typeof value !== 'object' || value === null) return value;
  const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [words(key), snake(item)]));
}

/** The attributes of an object type at one depth of indentation, with their defaults; the outermost object's is 1. */
export function attributes(type: string, depth: number): ReadonlyMap<string, string | undefined> {
  const found = type.matchAll(
    new RegExp(`^ {${depth * 2}}(\\w+) += (?:optional\\(\\w+(?:\\(\\w+\\))?, (.+)\\)$)?`, 'gm'),
  );
  return new Map([...found].map(([, name = '', preset]) => [name, preset]));
}
