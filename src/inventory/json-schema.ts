import * as z from 'zod/mini';
import { DOCS } from './schema/field';
import { inventorySchema } from './schema/inventory';
import { OWN_KEYS } from './source/extensions';

/** The schema of the inventory as JSON Schema (2020-12), with descriptions and defaults, for editors. */
export function inventoryJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(inventorySchema, {
    io: 'input',
    metadata: DOCS,
    override: ({ jsonSchema }) => withShortForm(jsonSchema as Record<string, unknown>),
  });
  return { ...schema, patternProperties: { [OWN_KEYS.source]: OWN }, title: 'privatelink-router inventory' };
}

const OWN = { description: 'Your own: a place for anchors that aliases below refer to.' };

/** A target may be written as `host:port`: the loader expands it before the schema sees it, an editor has to know it. */
function withShortForm(schema: Record<string, unknown>): void {
  const { shortForm, ...long } = schema;
  if (shortForm === undefined) return;
  for (const key of Object.keys(schema)) delete schema[key];
  schema.description = long.description;
  schema.anyOf = [shortForm, long];
}
