import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { forwarderFile, TEMPLATE_FILES } from '../../src/forwarder';

const ROOT = resolve(__dirname, '..', '..');

/** What a run of the built command left behind. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Each file on its own and without a look at types, which the type check does: the same JavaScript in a third of the time. */
function compile(from: string, to: string): void {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.ts')) {
      const file = join(to, name.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, ts.transpileModule(readFileSync(join(from, name), 'utf8'), { compilerOptions }).outputText);
    }
  }
}

/** Modules with hand-written files, which the build copies. */
const MODULES_BY_HAND = ['aws', 'azure', 'databricks'];

/** The command as a package has it: compiled, with package.json and schema at their places. */
export class BuiltCommand {
  public readonly bin: string;
  private readonly folder: string;

  public constructor() {
    const cache = join(ROOT, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    this.folder = mkdtempSync(join(cache, 'plr-cli-'));
    for (const name of ['package.json', 'schema']) {
      symlinkSync(join(ROOT, name), join(this.folder, name));
    }
    const out = join(this.folder, 'dist');
    for (const room of ['src', 'stacks']) {
      compile(join(ROOT, room), join(out, room));
    }
    for (const name of TEMPLATE_FILES) {
      copyFileSync(forwarderFile(name), join(out, 'src', 'forwarder', name));
    }
    for (const name of MODULES_BY_HAND) {
      cpSync(join(ROOT, 'src', 'modules', name, 'files'), join(out, 'src', 'modules', name, 'files'), {
        recursive: true,
      });
    }
    this.bin = join(out, 'src', 'cli', 'bin.js');
  }

  /** Runs the command in a folder. The environment has neither `CI` nor anything about colours unless `env` says so. */
  public run(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.bin, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A folder for one test file, gone at its end. */
export class Scratch {
  private readonly root = mkdtempSync(join(tmpdir(), 'plr-cli-test-'));
  private next = 0;

  /** A new folder with these files. */
  public folder(files: Readonly<Record<string, string>> = {}): string {
    this.next += 1;
    const folder = join(this.root, String(this.next));
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** An inventory of one router with these targets, `name: host:port`. */
export function inventoryText(targets: Readonly<Record<string, string>>, routerKeys: readonly string[] = []): string {
  return `${[
    'version: 1',
    'databricks:',
    '  accountId: 7a99b43c-b46c-432b-b0a7-814217701909',
    'routers:',
    '  analytics:',
    '    aws:',
    '      accountId: "123456789012"',
    '      region: us-east-2',
    '      vpcId: vpc-0a1b2c3d4e5f60718',
    '      subnetIds: [subnet-0a1b2c3d4e5f60718, subnet-0b1c2d3e4f5061728]',
    '    ncc: { name: analytics, workspaceIds: [1234567890123456] }',
    ...routerKeys.map((line) => `    ${line}`),
    '    targets:',
    ...Object.entries(targets).map(([name, target]) => `      ${name}: ${target}`),
  ].join('\n')}\n`;
}

/** Three ordinary targets. */
export const THREE = {
  'orders-db': 'orders.corp.acme.com:5432',
  'billing-sql': 'sql01.corp.acme.com:1433',
  ledger: 'ledger.corp.acme.com:1521',
};
