import type * as z from 'zod/mini';
import type { ValuePath } from '../../model';
import { DOCS, type FieldDoc } from '../schema/field';
import { inventorySchema } from '../schema/inventory';

type Schema = z.core.$ZodType;

/** What the schema knows of a value: enough to say in our words what is allowed. */
export type Expected =
  | { readonly kind: 'map'; readonly keys?: readonly string[] }
  | { readonly kind: 'number'; readonly min: number | undefined; readonly max: number | undefined }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'either'; readonly options: readonly Expected[] }
  | { readonly kind: 'list' | 'text' | 'flag' | 'any' };

/** The part of the schema that a path leads to, or undefined where it leads out of it. */
function schemaAt(path: ValuePath): Schema | undefined {
  let schema: Schema | undefined = inventorySchema;
  for (const step of path) schema = schema && below(unwrap(schema), step);
  return schema && unwrap(schema);
}

/** What an editor would show of the value at a path. */
export function docAt(path: ValuePath): FieldDoc | undefined {
  const schema = schemaAt(path);
  return schema && DOCS.get(schema);
}

/** What is allowed at a path. */
export function expectedAt(path: ValuePath): Expected {
  const schema = schemaAt(path);
  return schema === undefined ? { kind: 'any' } : expectedOf(schema);
}

/** ` a whole number from 1 to 65535`, as it stands after "expected". */
export function words(expected: Expected): string {
  switch (expected.kind) {
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'text':
      return 'a text';
    case 'flag':
      return 'true or false';
    case 'number':
      return numberWords(expected.min, expected.max);
    case 'word':
      return expected.words.length === 1 ? `${expected.words[0]}` : `one of ${expected.words.join(', ')}`;
    case 'either':
      return expected.options.map(wordsWithKeys).join(', or ');
    case 'any':
      return 'a value';
  }
}

/** Beside other alternatives a map says what stands in it. */
function wordsWithKeys(option: Expected): string {
  return option.kind === 'map' && option.keys !== undefined ? `a map with ${option.keys.join(' and ')}` : words(option);
}

function numberWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return 'a whole number';
  return max === undefined ? `a whole number, at least ${min}` : `a whole number from ${min} to ${max}`;
}

function unwrap(schema: Schema): Schema {
  const { def } = schema._zod;
  return def.type === 'optional' ? unwrap((def as z.core.$ZodOptionalDef).innerType) : schema;
}

function below(schema: Schema, step: string | number): Schema | undefined {
  const { def } = schema._zod;
  switch (def.type) {
    case 'object': {
      const { shape } = def as z.core.$ZodObjectDef;
      return Object.hasOwn(shape, step) ? shape[step] : undefined;
    }
    case 'record':
      return (def as z.core.$ZodRecordDef).valueType as Schema;
    case 'array':
      return (def as z.core.$ZodArrayDef).element as Schema;
    case 'union': {
      const maps = ((def as z.core.$ZodUnionDef).options as readonly Schema[]).filter(
        (option) => option._zod.def.type === 'object',
      );
      return maps[0] && below(maps[0], step);
    }
    default:
      return undefined;
  }
}

/** The bound that a number's checks set, or undefined where they set none. */
function bound(schema: Schema, check: 'greater_than' | 'less_than'): number | undefined {
  const checks = (schema._zod.def as z.core.$ZodNumberDef).checks ?? [];
  const found = checks.find((one) => one._zod.def.check === check);
  return found && Number((found._zod.def as z.core.$ZodCheckGreaterThanDef).value);
}

function expectedOf(schema: Schema): Expected {
  const { def } = schema._zod;
  switch (def.type) {
    case 'object':
      return { kind: 'map', keys: Object.keys((def as z.core.$ZodObjectDef).shape) };
    case 'record':
      return { kind: 'map' };
    case 'array':
      return { kind: 'list' };
    case 'string':
      return { kind: 'text' };
    case 'boolean':
      return { kind: 'flag' };
    case 'number': {
      return { kind: 'number', min: bound(schema, 'greater_than'), max: bound(schema, 'less_than') };
    }
    case 'enum':
      return { kind: 'word', words: Object.values((def as z.core.$ZodEnumDef).entries).map(String) };
    case 'literal':
      return { kind: 'word', words: (def as z.core.$ZodLiteralDef<z.core.util.Literal>).values.map(String) };
    case 'union':
      return {
        kind: 'either',
        options: ((def as z.core.$ZodUnionDef).options as readonly Schema[]).map((option) =>
          expectedOf(unwrap(option)),
        ),
      };
    default:
      return { kind: 'any' };
  }
}
