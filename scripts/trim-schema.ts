import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { trimSchema, type WholeSchemas, writeSchemas } from './provider-schemas';

// `terraform providers schema -json | tsx scripts/trim-schema.ts FILE [TYPE…]`: takes a provider's schema into FILE, a file of
// test/terraform/schemas. Of its types it keeps those that FILE has already and those that are named; data.NAME is a data source.
const [file = '', ...more] = process.argv.slice(2);
if (file === '') {
  console.error('usage: terraform providers schema -json | tsx scripts/trim-schema.ts FILE [TYPE…]');
  process.exit(2);
}
const present: WholeSchemas = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { provider_schemas: {} };
const { schemas, unknown } = trimSchema(JSON.parse(readFileSync(0, 'utf8')), present, more);
if (unknown.length > 0) {
  console.error(`The provider has no ${unknown.join(', no ')}: ${file} is as it was.`);
  process.exit(1);
}
writeFileSync(file, writeSchemas(schemas));
