import { isUnknown, type Value, type Values } from './values';

/** The parts of `terraform providers schema -json` that we serve. */
interface AttributeSchema {
  readonly type: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedSchema>>;
}
interface NestedSchema {
  readonly nesting_mode: 'single' | 'list' | 'set' | 'map' | 'group';
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}
export interface TypeSchema {
  readonly version?: number;
  readonly block?: BlockSchema;
}
export interface ProviderSchemas {
  readonly provider?: TypeSchema;
  readonly resource_schemas?: Readonly<Record<string, TypeSchema>>;
  readonly data_source_schemas?: Readonly<Record<string, TypeSchema>>;
}

const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;

function blockMessage(block: BlockSchema): object {
  return {
    version: 0,
    attributes: Object.entries(block.attributes ?? {}).map(([name, { type, ...flags }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      ...flags,
    })),
    block_types: Object.entries(block.block_types ?? {}).map(([type_name, nested]) => ({
      type_name,
      block: blockMessage(nested.block),
      nesting: NESTING[nested.nesting_mode],
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
  };
}

/** A schema as the protocol carries it. */
export function schemaMessage(schema: TypeSchema | undefined): object {
  return { version: schema?.version ?? 0, block: blockMessage(schema?.block ?? {}) };
}

export function schemaEntries(schemas: Readonly<Record<string, TypeSchema>> | undefined): object[] {
  return Object.entries(schemas ?? {}).map(([key, schema]) => ({ key, value: schemaMessage(schema) }));
}

/**
 * The values as a state holds them, in depth: every attribute and block of the schema is present and nothing is unknown;
 * what the schema does not know is dropped.
 */
export function conform(block: BlockSchema, values: Values): Values {
  const result: Values = {};
  for (const name of Object.keys(block.attributes ?? {})) {
    const value = values[name];
    result[name] = value === undefined || isUnknown(value) ? null : value;
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const value = values[name];
    const isPlain = (item: Value): item is Values => item !== null && typeof item === 'object' && !Array.isArray(item);
    const items = (Array.isArray(value) ? value : [value])
      .filter((item): item is Value => item !== undefined)
      .filter(isPlain)
      .map((item) => conform(nested.block, item));
    result[name] = nested.nesting_mode === 'single' ? (items[0] ?? null) : items;
  }
  return result;
}
