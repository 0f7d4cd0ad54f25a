import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DEFAULT_CONCURRENCY, resolveHosts } from '../src/resolver';
import { manyHosts } from '../test/support/dns-zone';

const NAMES = 500;
const DELAY_MS = 20;

/** The name server as a process of its own, so that its work does not count as ours. */
async function startServer(folder: string): Promise<{ server: string; child: ChildProcess }> {
  const zoneFile = join(folder, 'zone.json');
  writeFileSync(zoneFile, JSON.stringify(manyHosts(NAMES)));
  const script = resolve(__dirname, '../test/support/dns-server-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify({ zoneFile, delayMs: DELAY_MS })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const server = await new Promise<string>((done, failed) => {
    lines.once('line', (line) => done((JSON.parse(line) as { server: string }).server));
    child.once('exit', (code) => failed(new Error(`the name server ended with ${code}`)));
  });
  return { server, child };
}

/** Resolving 500 names that take 20 ms each, against full use of the chosen concurrency and no time between questions. */
export async function resolveWide(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'plr-bench-'));
  const { server, child } = await startServer(folder);
  try {
    const queries = Object.keys(manyHosts(NAMES)).map((host) => ({ host, servers: [server] }));
    const ideal = (Math.ceil(NAMES / DEFAULT_CONCURRENCY) * DELAY_MS) / 1000;
    const ratios: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const start = process.hrtime.bigint();
      const answers = await resolveHosts(queries);
      ratios.push(Number(process.hrtime.bigint() - start) / 1e9 / ideal);
      if ([...answers.values()].some((answer) => !answer.resolved)) throw new Error('a name did not resolve');
    }
    return Math.min(...ratios);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
