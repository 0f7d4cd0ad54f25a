import { relative } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/**
 * The files that take longest, in rounded seconds. A long file that begins last keeps a run waiting for it alone, and a
 * machine that has run nothing yet cannot know which those are.
 */
export const SECONDS: Readonly<Record<string, number>> = {
  'test/terraform/life-cycle.test.ts': 400,
  'test/terraform/network.test.ts': 300,
  'test/terraform/adopt.test.ts': 300,
  'test/terraform/approval.test.ts': 280,
  'test/pipelines/executed.test.ts': 240,
  'test/dataplane/haproxy.test.ts': 220,
  'test/terraform/aws-module.test.ts': 200,
  'test/terraform/floors.test.ts': 180,
  'test/forwarder/guards.test.ts': 140,
  'test/terraform/azure-stand-ins.test.ts': 140,
  'test/inventory/properties.test.ts': 130,
  'test/terraform/azure-life-cycle.test.ts': 120,
  'test/terraform/azure-approval.test.ts': 120,
  'test/modules/aws-mistakes.test.ts': 120,
  'test/terraform/azure-module.test.ts': 120,
  'test/terraform/azure-pools.test.ts': 100,
  'test/modules/azure-mistakes.test.ts': 100,
  'test/modules/consumer.test.ts': 90,
  'test/forwarder/over-time.test.ts': 90,
};

/** Begins with the files of `SECONDS`; the others follow in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  public override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const seconds = ({ moduleId }: TestSpecification): number => SECONDS[relative(root, moduleId)] ?? 0;
    return (await super.sort(files)).sort((left, right) => seconds(right) - seconds(left));
  }
}
