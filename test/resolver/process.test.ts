import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DnsServer } from '../support/dns-server';
import { serve, until } from './harness';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function resolveInProcess(host: string, server: DnsServer): { child: ChildProcess; output: () => string } {
  const script = join(__dirname, 'resolve-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, host, server.text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return { child, output: () => output };
}

describe('a process that resolves', () => {
  it('ends by itself after a UDP and a TCP answer, though the time limit of its questions is far', async () => {
    const a = Array.from({ length: 300 }, (_, n) => `10.0.${Math.floor(n / 200)}.${(n % 200) + 1}`);
    const server = await serve({ zone: { 'db.test.example': { a } } });
    const { child, output } = resolveInProcess('db.test.example', server);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(output()).toContain('"resolved":true');
    expect(server.askedFor('db.test.example')).toEqual(['A udp', 'A tcp']);
  });

  it('is ended by Ctrl-C while it waits for an answer', async () => {
    const server = await serve({ zone: { 'db.test.example': { silent: true } } });
    const { child, output } = resolveInProcess('db.test.example', server);
    await until(() => server.queries.length > 0);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect(output()).toBe('started\n');
  });
});
