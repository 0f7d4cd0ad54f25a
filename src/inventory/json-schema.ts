import * as z from 'zod/mini';
import { DOCS } from './schema/field';
import { inventorySchema } from './schema/inventory';
import { OWN_KEYS } from './source/extensions';
import { FORMER_NAMES } from './tables/former-names';

/** The schema of the inventory as JSON Schema (2020-12), with descriptions and defaults, for editors. */
export function inventoryJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(inventorySchema, {
    io: 'input',
    metadata: DOCS,
    override: ({ jsonSchema }) => {
      const schema = jsonSchema as Record<string, unknown>;
      withFormerNames(schema);
      withShortForm(schema);
    },
  });
  return { ...schema, patternProperties: { [OWN_KEYS.source]: OWN }, title: 'privatelink-router inventory' };
}

const OWN = { description: 'Your own: a place for anchors that aliases below refer to.' };

/** Keys that an earlier version called otherwise are read under that name too: an editor shows them struck through. */
function withFormerNames({ properties }: Record<string, unknown>): void {
  if (typeof properties !== 'object' || properties === null) return;
  const keys = properties as Record<string, object>;
  for (const [former, present] of FORMER_NAMES) {
    const key = Object.hasOwn(keys, present) ? keys[present] : undefined;
    if (key !== undefined) keys[former] = { ...key, description: `Now called ${present}.`, deprecated: true };
  }
}

/** A target may be written as `host:port`, and no health check as `none`: the loader expands it before the schema sees it, an editor has to know it. */
function withShortForm(schema: Record<string, unknown>): void {
  const { shortForm, ...long } = schema;
  if (shortForm === undefined) return;
  for (const key of Object.keys(schema)) delete schema[key];
  schema.description = long.description;
  schema.anyOf = [shortForm, long];
}
