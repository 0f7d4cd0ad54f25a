import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inventoryJsonSchema } from '../src/inventory';
import { planJsonSchema } from '../src/planner';

/** Writes the JSON Schemas of `schema/`: of the inventory, from the schema that the loader checks with, and of the plan's document. */
const folder = join(__dirname, '..', 'schema');
mkdirSync(folder, { recursive: true });
for (const [name, schema] of [
  ['privatelink-router.schema.json', inventoryJsonSchema()],
  ['privatelink-router.plan.schema.json', planJsonSchema()],
] as const) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
