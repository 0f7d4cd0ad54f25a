import { relative } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/**
 * The files that take longest, in rounded seconds. A long file that begins last keeps a run waiting for it alone, and a
 * machine that has run nothing yet cannot know which those are. Of the files with real traffic only the longest is here: the
 * others begin late, when Terraform's providers no longer take the processors from the engines under load.
 */
export const SECONDS: Readonly<Record<string, number>> = {
  'test/terraform/shared-ncc.test.ts': 400,
  'test/terraform/life-cycle.test.ts': 320,
  'test/terraform/aws-module.test.ts': 290,
  'test/terraform/network.test.ts': 290,
  'test/terraform/approval.test.ts': 250,
  'test/dataplane/haproxy.test.ts': 220,
  'test/terraform/floors.test.ts': 190,
  'test/pipelines/executed.test.ts': 180,
  'test/terraform/adopt.test.ts': 170,
  'test/terraform/many-modules.test.ts': 150,
  'test/changes/schema-edits.test.ts': 130,
  'test/terraform/azure-approval.test.ts': 100,
  'test/terraform/azure-life-cycle.test.ts': 100,
  'test/terraform/azure-stand-ins.test.ts': 100,
  'test/terraform/examples.test.ts': 100,
  'test/modules/aws.test.ts': 90,
  'test/forwarder/over-time.test.ts': 80,
  'test/modules/azure.test.ts': 80,
  'test/terraform/azure-module.test.ts': 80,
  'test/terraform/azure-pools.test.ts': 80,
  'test/terraform/azure-shared-ports.test.ts': 80,
  'test/modules/many.test.ts': 70,
  'test/modules/mocked.test.ts': 70,
  'test/package.test.ts': 70,
  'test/terraform/same-resources.test.ts': 70,
  'test/modules/aws-mistakes.test.ts': 60,
  'test/forwarder/apply.test.ts': 50,
  'test/modules/azure-mistakes.test.ts': 50,
};

/** Begins with the files of `SECONDS`; the others follow in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  public override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const seconds = ({ moduleId }: TestSpecification): number => SECONDS[relative(root, moduleId)] ?? 0;
    return (await super.sort(files)).sort((left, right) => seconds(right) - seconds(left));
  }
}
