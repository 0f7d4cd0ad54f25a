import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PlannedAwsRouter, type PlannedAzureRouter, type PlannedRouter, servedBackends } from '../../src/model';
import { synthesize } from '../../stacks';
import { RESOURCE_GROUP, SUBSCRIPTION } from './support/azure';
import { awsRouter, azureInventoryOf, azureRouter, emit, inventoryOf } from './support/emission';
import { describeWith } from './support/gate';
import { startWorld, type World } from './support/world';

/** What a template language, cdktf's own included, might take for its own, among all that a keyboard gives. */
const HOSTILE = [
  ...['${', '%{', '}', '$${', '%%{', '~}', '"', '\\', '\n', '\r\n', "'", '`', '#{', '//', '/*', '<<EOT\n', '$', '%'],
  ...['${path.root}', '%{ if true }x%{ endif }', '${file("/etc/hostname")}', '${TfToken[TOKEN.0]}', '#{TfToken[0]}'],
  ...['TfToken[', '1.8881545897087504e+289', '${aws_lb.s1.arn}', '${azurerm_lb.p1.id}', 'é', 'e\u0301', '🦉', '\u2028'],
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** Terraform keeps text in Unicode's composed form. */
const asKept = (value: string): string => value.normalize('NFC');

describeWith(['terraform', 'providers', 'azure providers'], 'text from the inventory', () => {
  let world: World;
  let aws: PlannedAwsRouter;
  let azure: PlannedAzureRouter;
  let runs = 0;

  beforeAll(async () => {
    world = await startWorld('text', []);
    const vpc = {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'],
    };
    const targets = { db: { host: '10.1.1.1', domain: 'db.acme-data.com', preset: 'postgres' } };
    aws = awsRouter(emit(world, inventoryOf(world, vpc, { words: { targets } })).plan);
    const subnets = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}/providers/Microsoft.Network/virtualNetworks/hub/subnets`;
    const network = { subnetId: `${subnets}/vm`, natSubnetId: `${subnets}/nat` };
    azure = azureRouter(emit(world, azureInventoryOf(world, network, { words: { targets } })).plan);
  });

  afterAll(async () => {
    await world?.stop();
  });

  /** A shard with each text in many places: the planner's own checks would keep most of them from getting this far. */
  function withTexts<Shard extends PlannedRouter['shards'][number]>(shard: Shard, texts: readonly string[]): Shard {
    return {
      ...shard,
      listeners: servedBackends(shard).flatMap(({ listener, backend }) =>
        texts.map((value, index) => ({
          ...listener,
          port: 10000 + index,
          backends: [
            {
              ...backend,
              target: `target-${index}`,
              hosts: [{ name: value, literal: false }],
              domains: [value],
              healthCheck: { ...backend.healthCheck, protocol: 'HTTP' as const, path: `/${value}`, matcher: value },
            },
          ],
        })),
      ),
    };
  }

  async function seen(router: PlannedRouter, expression: string): Promise<unknown> {
    runs += 1;
    const out = world.path(`out-${runs}`);
    synthesize({ routers: [router] }, out);
    const work = world.workspace(`${out}/stacks/${router.deployment}`);
    await work.init();
    return work.console(expression);
  }

  it('comes out of terraform as it went in, on AWS', async () => {
    const property = fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 60 }), async (texts) => {
      const tags = Object.fromEntries(texts.map((value, index) => [`${value}-${index}`, value]));
      const router = { ...aws, tags, shards: aws.shards.map((shard) => withTexts(shard, texts)) };
      const found = (await seen(router, '{ tags = local.tags, targets = local.s1_targets }')) as {
        tags: Record<string, string>;
        targets: Record<string, { host: string; domain: string; health_check: { path: string; matcher: string } }>;
      };
      texts.map(asKept).forEach((value, index) => {
        expect(found.tags[`${value}-${index}`]).toBe(value);
        expect(found.targets[`target-${index}`]).toMatchObject({
          host: value,
          domain: value,
          health_check: { path: `/${value}`, matcher: value },
        });
      });
    });
    // A smaller counterexample would cost a run of terraform for each try.
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
  });

  it('comes out of terraform as it went in, on Azure', async () => {
    const property = fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 60 }), async (texts) => {
      const tags = Object.fromEntries(texts.map((value, index) => [`${value}-${index}`, value]));
      const router = { ...azure, tags, shards: azure.shards.map((shard) => withTexts(shard, texts)) };
      const found = (await seen(router, '{ tags = local.tags, targets = local.p1_targets }')) as {
        tags: Record<string, string>;
        targets: Record<string, { host: string; check: { path: string; matcher: string } }>;
      };
      texts.map(asKept).forEach((value, index) => {
        expect(found.tags[`${value}-${index}`]).toBe(value);
        expect(found.targets[`target-${index}`]).toMatchObject({
          host: value,
          check: { path: `/${value}`, matcher: value },
        });
      });
    });
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
  });
});
