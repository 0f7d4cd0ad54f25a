import * as z from 'zod/mini';
import { NAME_FORM } from '../../model';
import { accountSchema } from './account';
import { anything, DOCS, text } from './field';
import { tagsSchema } from './labels';
import { inventoryLimitsSchema, routerSchema } from './router';

/** The one schema of the inventory: the loader checks with it, editors get it as JSON Schema. */
export const inventorySchema = z
  .strictObject({
    $schema: z.optional(text({ description: 'Where editors find this schema; for inventories in JSON.' })),
    version: z.literal(1).register(DOCS, { description: 'The version of the inventory.', default: 1 }),
    tags: z.optional(tagsSchema('Tags of every resource.')),
    terraform: z.optional(
      z
        .strictObject({
          backend: z.optional(
            z
              .record(
                z.string(),
                z
                  .record(z.string(), anything({ description: "An argument of the backend, by Terraform's name." }))
                  .register(DOCS, { description: 'The arguments; {env} and {router} are filled in.' }),
              )
              .register(DOCS, {
                description: 'Where Terraform keeps its state: the name of one backend, and its arguments.',
                minProperties: 1,
                maxProperties: 1,
              }),
          ),
        })
        .register(DOCS, { description: 'What Terraform itself is told.' }),
    ),
    databricks: z.optional(
      accountSchema(
        'The Databricks account of every router that names none of its own. An account belongs to one cloud.',
      ),
    ),
    limits: z.optional(inventoryLimitsSchema),
    routers: z
      .record(z.string(), routerSchema)
      .register(DOCS, { description: 'The routers, by name.', propertyNames: { pattern: NAME_FORM.source } }),
  })
  .register(DOCS, { description: 'Inventory of privatelink-router.' });

/** The inventory as people write it, once the schema has passed it. */
export type WrittenInventory = z.input<typeof inventorySchema>;
export type WrittenRouter = WrittenInventory['routers'][string];
export type WrittenTarget = WrittenRouter['targets'][string];
