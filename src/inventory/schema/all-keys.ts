import type * as z from 'zod/mini';
import { inventorySchema } from './inventory';

/** Every key that the schema knows, wherever it stands. */
export const ALL_KEYS: ReadonlySet<string> = new Set(keysIn(inventorySchema));

function keysIn(schema: z.core.$ZodType): string[] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'object': {
      const { shape } = def as z.core.$ZodObjectDef;
      return Object.entries(shape).flatMap(([key, value]) => [key, ...keysIn(value)]);
    }
    case 'optional':
      return keysIn((def as z.core.$ZodOptionalDef).innerType);
    case 'record':
      return keysIn((def as z.core.$ZodRecordDef).valueType as z.core.$ZodType);
    case 'array':
      return keysIn((def as z.core.$ZodArrayDef).element);
    case 'union':
      return (def as z.core.$ZodUnionDef).options.flatMap((option) => keysIn(option));
    default:
      return [];
  }
}
