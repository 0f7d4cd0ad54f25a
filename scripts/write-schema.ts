import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inventoryJsonSchema } from '../src/inventory';

/** Writes `schema/privatelink-router.schema.json` from the schema that the loader checks with. */
const file = join(__dirname, '..', 'schema', 'privatelink-router.schema.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(inventoryJsonSchema(), null, 2)}\n`);
