import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlannedRouter } from '../../src/model';
import { synthesize } from '../../stacks';
import { emit, inventoryOf } from './support/emission';
import { describeWith } from './support/gate';
import { startWorld, type World } from './support/world';

/** What a template language, cdktf's own included, might take for its own, among all that a keyboard gives. */
const HOSTILE = [
  ...['${', '%{', '}', '$${', '%%{', '~}', '"', '\\', '\n', '\r\n', "'", '`', '#{', '//', '/*', '<<EOT\n', '$', '%'],
  ...['${path.root}', '%{ if true }x%{ endif }', '${file("/etc/hostname")}', '${TfToken[TOKEN.0]}', '#{TfToken[0]}'],
  ...['TfToken[', '1.8881545897087504e+289', '${aws_lb.s1.arn}', 'é', 'e\u0301', '🦉', '\u2028'],
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** Terraform keeps text in Unicode's composed form. */
const asKept = (value: string): string => value.normalize('NFC');

describeWith(['terraform', 'providers'], 'text from the inventory', () => {
  let world: World;
  let router: PlannedRouter;
  let runs = 0;

  beforeAll(async () => {
    world = await startWorld('text', []);
    const vpc = {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'],
    };
    const targets = { db: { host: '10.1.1.1', domain: 'db.acme-data.com', preset: 'postgres' } };
    const { plan } = emit(world, inventoryOf(world, vpc, { words: { targets } }));
    const [planned] = plan.routers;
    if (planned === undefined) throw new Error('there is no router in the plan');
    router = planned;
  }, 60_000);

  afterAll(async () => {
    await world?.stop();
  });

  /** A plan with each text in many places: the planner's own checks would keep most of them from getting this far. */
  function withTexts(texts: readonly string[]): PlannedRouter {
    return {
      ...router,
      tags: Object.fromEntries(texts.map((value, index) => [`${value}-${index}`, value])),
      shards: router.shards.map((shard) => ({
        ...shard,
        listeners: shard.listeners.flatMap((listener) =>
          texts.map((value, index) => ({
            ...listener,
            target: `target-${index}`,
            host: value,
            domain: value,
            healthCheck: { ...listener.healthCheck, protocol: 'HTTP' as const, path: `/${value}`, matcher: value },
          })),
        ),
      })),
    };
  }

  it('comes out of terraform as it went in', async () => {
    const property = fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 60 }), async (texts) => {
      runs += 1;
      const out = world.path(`out-${runs}`);
      synthesize({ routers: [withTexts(texts)] }, out);
      const work = world.workspace(`${out}/stacks/${router.deployment}`);
      await work.init();
      const seen = (await work.console('{ tags = local.tags, targets = local.s1_targets }')) as {
        tags: Record<string, string>;
        targets: Record<string, { host: string; domain: string; health_check: { path: string; matcher: string } }>;
      };
      texts.map(asKept).forEach((value, index) => {
        expect(seen.tags[`${value}-${index}`]).toBe(value);
        expect(seen.targets[`target-${index}`]).toMatchObject({
          host: value,
          domain: value,
          health_check: { path: `/${value}`, matcher: value },
        });
      });
    });
    // A smaller counterexample would cost a run of terraform for each try.
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
  }, 180_000);
});
