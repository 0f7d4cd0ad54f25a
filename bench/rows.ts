import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadInventory } from '../src/inventory';
import { EMPTY_LOCK } from '../src/lock';
import type { Inventory } from '../src/model';
import { planRouting } from '../src/planner';
import { azurePlanScale } from './azure-plan';
import { connects, dropped, failover, throughput } from './forwarding';
import { sharedInventory } from './inventories';
import { best, measure } from './measure';
import { resolveWide } from './resolve-wide';
import { sharedCpu, sharedRate, sharedReload } from './shared-ports';
import { planRatio } from './terraform-plan';

/** What a figure may be at most, or must be at least. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** One measurement: a ratio of two things measured in the same run, or seconds or losses where no ratio says it. */
export type Row = Bound & {
  readonly name: string;
  readonly what: string;
  /** @returns the ratio, or the reason why this machine cannot tell */
  measure(): Promise<number | string>;
};

const ROOT = resolve(__dirname, '..');
const CLI = join(ROOT, 'dist/src/cli/bin.js');
const EXAMPLE = join(ROOT, 'examples/01-three-databases');

/** Runs `use` in a folder that is gone afterwards, also after a failure. */
async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'plr-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The best of several runs of each, taken in turn, so that a slow moment of the machine meets both. */
function synthScale(): Promise<number> {
  return inFolder((folder) => {
    const seconds = (count: number): number => {
      const cwd = join(folder, String(count));
      rmSync(cwd, { recursive: true, force: true });
      mkdirSync(cwd);
      writeFileSync(join(cwd, 'privatelink-router.yaml'), sharedInventory(count));
      return measure([process.execPath, CLI, 'synth', '--no-frozen'], { cwd }).wallSeconds;
    };
    const rounds = Array.from({ length: 9 }, () => [seconds(20), seconds(2000)] as const);
    return Math.min(...rounds.map(([, many]) => many)) / Math.min(...rounds.map(([few]) => few));
  });
}

/** The framework's own command line, in a cache folder: it is compared with, never shipped. */
function cdktfCommand(): string {
  const cache = join(ROOT, '.cache/cdktf-cli');
  const command = join(cache, 'node_modules/.bin/cdktf');
  if (!existsSync(command)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', 'cdktf-cli@0.21.0'], { cwd: cache, stdio: 'ignore' });
  }
  return command;
}

function synthStart(): Promise<number> {
  return inFolder((folder) => {
    cpSync(EXAMPLE, folder, { recursive: true });
    writeFileSync(
      join(folder, 'cdktf.json'),
      JSON.stringify({
        language: 'typescript',
        app: `"${process.execPath}" "${join(ROOT, 'dist/stacks/main.js')}"`,
        sendCrashReports: 'false',
      }),
    );
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', PLR_FROZEN: 'false' };
    const cdktf = cdktfCommand();
    const ours = best(
      3,
      () => measure([process.execPath, CLI, 'synth', '--no-frozen'], { cwd: folder, env }).wallSeconds,
    );
    const theirs = best(3, () => measure([cdktf, 'synth'], { cwd: folder, env }).wallSeconds);
    return ours / theirs;
  });
}

function checkStart(): number {
  const ours = best(9, () => measure([process.execPath, CLI, 'check'], { cwd: EXAMPLE }).wallSeconds);
  const bare = best(9, () => measure([process.execPath, '-e', '0']).wallSeconds);
  return ours / bare;
}

/** Ten thousand targets as the planner gets them, under limits raised as far as the count asks for. */
function tenThousand(): Promise<Inventory> {
  return inFolder((folder) => {
    const file = join(folder, 'privatelink-router.yaml');
    writeFileSync(file, sharedInventory(10_000));
    const { inventory, diagnostics } = loadInventory({ file });
    if (inventory === undefined) throw new Error(`the bench inventory does not load: ${diagnostics[0]?.message}`);
    return inventory;
  });
}

/** The same routers several times, each copy under names of its own: the file of so many would be too big to be read. */
function copies({ routers, ...rest }: Inventory, times: number): Inventory {
  const limits = {
    endpointsPerRegion: 1e6,
    loadBalancersPerRegion: 1e6,
    targetGroupsPerRegion: 1e9,
    nccsPerRegion: 1e6,
  };
  const copy = (n: number) => routers.map((router) => ({ ...router, name: `${router.name}-${n}`, limits }));
  return { ...rest, routers: Array.from({ length: times }, (_, n) => copy(n)).flat() };
}

/** Processor seconds of planning alone. */
function planSeconds(inventory: Inventory): number {
  return best(5, () => {
    // Processor time, not wall time: garbage is collected on other threads, and other processes take their share.
    const start = process.cpuUsage();
    const { findings } = planRouting({ inventory, lock: EMPTY_LOCK });
    const { user, system } = process.cpuUsage(start);
    const seconds = (user + system) / 1e6;
    const error = findings.find((finding) => finding.severity === 'error');
    if (error !== undefined) throw new Error(error.message);
    return seconds;
  });
}

async function plannerScale(): Promise<number> {
  const inventory = await tenThousand();
  const [few, many] = [copies(inventory, 1), copies(inventory, 10)];
  // Once each unmeasured, so that neither is planned by code that the engine has yet to compile.
  planSeconds(many);
  planSeconds(few);
  return planSeconds(many) / planSeconds(few);
}

/** The table of `npm run bench`. */
export const ROWS: readonly Row[] = [
  {
    name: 'synth.scale',
    what: 'synth of 2,000 targets ÷ of 20 targets, whole process',
    atMost: 2.5,
    measure: synthScale,
  },
  { name: 'synth.start', what: 'synth of example 1 ÷ cdktf synth of the same', atMost: 0.4, measure: synthStart },
  { name: 'check.start', what: 'check of example 1 ÷ node -e 0', atMost: 6, measure: async () => checkStart() },
  {
    name: 'planner.scale',
    what: 'planning 100,000 targets ÷ 10,000',
    atMost: 12,
    measure: plannerScale,
  },
  {
    name: 'plan.cpu',
    what: 'CPU of terraform plan, 1,000 targets ÷ one flat for_each',
    atMost: 0.35,
    measure: async () => planRatio('cpuSeconds'),
  },
  {
    name: 'plan.memory',
    what: 'peak memory of its largest process ÷ the same',
    atMost: 0.25,
    measure: async () => planRatio('peakKib'),
  },
  {
    name: 'azure.plan.scale',
    what: "CPU of plan, synth and terraform plan, the forwarders' files rendered, 300 targets of Azure ÷ 30",
    atMost: 4,
    measure: azurePlanScale,
  },
  { name: 'resolve.wide', what: 'resolving 500 names of 20 ms ÷ the ideal', atMost: 1.5, measure: resolveWide },
  ...(
    [
      ['nftables', 0.9],
      ['haproxy', 0.65],
      ['nginx', 0.65],
    ] as const
  ).map(([engine, atLeast]) => ({
    name: `forward.${engine}`,
    what: `throughput through ${engine} ÷ a plain router in its place`,
    atLeast,
    measure: () => throughput(engine),
  })),
  {
    name: 'forward.connect',
    what: 'new TLS connections a second, 32 clients, through haproxy ÷ a plain router in its place',
    atLeast: 0.8,
    measure: connects,
  },
  {
    name: 'shared.sni',
    what: 'new TLS connections a second, 32 clients, through a port of 100 names ÷ without HAProxy, on one machine',
    atLeast: 0.3,
    measure: () => sharedRate('sni'),
  },
  {
    name: 'shared.http',
    what: 'requests a second on kept connections, 32 clients, through a port of 100 names ÷ the same',
    atLeast: 0.15,
    measure: () => sharedRate('http'),
  },
  {
    name: 'shared.cpu',
    what: 'CPU of HAProxy, a connection through a port of 100 names ÷ through a port of its own',
    atMost: 2,
    measure: sharedCpu,
  },
  {
    name: 'shared.reload',
    what: 'CPU of reading the configuration at a reload, 1,000 names on a port ÷ 10',
    atMost: 4,
    measure: sharedReload,
  },
  ...(['haproxy', 'nftables'] as const).map((engine) => ({
    name: `failover.${engine}`,
    what: 'seconds from the change in DNS to the first answer of the new host, worst of 20',
    atMost: 1.5,
    measure: () => failover(engine),
  })),
  {
    name: 'reload.dropped',
    what: 'connections of unchanged targets lost in 20 changes under load, all engines',
    atMost: 0,
    measure: dropped,
  },
];
