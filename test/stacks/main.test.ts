import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = resolve(__dirname, '..', '..');
const INVENTORY = `version: 1
databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
routers:
  analytics:
    aws:
      accountId: "123456789012"
      region: us-east-2
      vpcId: vpc-0a1b2c3d4e5f60718
      subnetIds: [subnet-0a1b2c3d4e5f60718, subnet-0b1c2d3e4f5061728]
    ncc: { name: analytics, workspaceIds: [1234567890123456] }
    targets:
      orders-db: { host: orders.corp.example.com, port: 5432 }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plr-app-'));
  writeFileSync(join(folder, 'inventory.yaml'), INVENTORY);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the app of cdktf.json as cdktf does: its command in a shell, the choices in the environment. */
function app(env: Record<string, string>): { status: number | null; stderr: string } {
  const { app: command }: { app: string } = JSON.parse(readFileSync(join(ROOT, 'cdktf.json'), 'utf8'));
  const { CI: _ci, ...rest } = process.env;
  return spawnSync(command, {
    shell: true,
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...rest, PLR_INVENTORY: join(folder, 'inventory.yaml'), CDKTF_OUTDIR: join(folder, 'out'), ...env },
  });
}

describe('the cdktf app', () => {
  it('writes the lock and the stacks, then runs frozen on what it wrote', () => {
    expect(app({}).status).toBe(0);
    const file = join(folder, 'out', 'stacks', 'analytics', 'cdk.tf.json');
    const first = readFileSync(file, 'utf8');
    expect(existsSync(join(folder, 'out', 'manifest.json'))).toBe(true);
    expect(app({ PLR_FROZEN: 'true' }).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(first);
  });

  it('tells what is wrong and writes nothing, without a stack trace', () => {
    const frozen = app({ PLR_FROZEN: 'true' });
    expect(frozen.status).toBe(1);
    expect(frozen.stderr).toMatch(/PLR9001/);
    expect(frozen.stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
