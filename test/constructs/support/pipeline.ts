import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInventory } from '../../../src/inventory';
import { EMPTY_LOCK } from '../../../src/lock';
import type { Lock, PlannedRouter } from '../../../src/model';
import { planRouting } from '../../../src/planner';

/** What inventory and planner make of one router whose targets are these lines of YAML. */
export interface Outcome {
  /** Undefined where an error stops the run. */
  readonly router: PlannedRouter | undefined;
  readonly lock: Lock;
  /** Codes and messages of all findings. */
  readonly said: readonly string[];
  readonly errors: number;
}

/** One router from text to plan, the way that the command line goes. */
export function planned(targets: string, keys = '', lock: Lock = EMPTY_LOCK): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'plr-defect-'));
  try {
    const file = join(folder, 'privatelink-router.yaml');
    const lines = targets.split('\n').map((line) => `      ${line}`);
    writeFileSync(file, `${FRAME}${keys}    targets:\n${lines.join('\n')}\n`);
    const { inventory, brokenRouters, diagnostics } = loadInventory({ file });
    const result = inventory === undefined ? undefined : planRouting({ inventory, lock, brokenRouters });
    const all = [...diagnostics, ...(result?.findings ?? [])];
    return {
      router: result?.plan.routers[0],
      lock: result?.lock ?? lock,
      said: all.map(({ code, message }) => `${code} ${message}`),
      errors: all.filter(({ severity }) => severity === 'error').length,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FRAME = `version: 1
databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
routers:
  privatelink-router:
    aws:
      accountId: "123456789012"
      region: us-east-2
      vpcId: vpc-0a1b2c3d4e5f60718
      subnetIds: [subnet-0a1b2c3d4e5f60718, subnet-0b1c2d3e4f5061728]
    ncc: { name: privatelink-router, workspaceIds: [1234567890123456] }
`;
