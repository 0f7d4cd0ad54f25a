import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Engine, sessionKib, sessionsWithOneTarget } from '../../src/forwarder';
import { renderEach, target, variables } from './render';
import { describeWithPrograms, run, scratchFolder } from './tools';

const GIB = 1024 * 1024;
const ENGINES_TRIED = ['haproxy', 'nginx', 'nftables'] as const;
/** Beside the memory, processors: the sizes of the table of docs/sizing.md, and one that is too small and one that is too large. */
const MACHINES = [
  { gib: 0.25, processors: 1, sessions: 500, entries: 131_072 },
  { gib: 0.5, processors: 1, sessions: 1638, entries: 131_072 },
  { gib: 1, processors: 2, sessions: 4915, entries: 131_072 },
  { gib: 8, processors: 2, sessions: 50_790, entries: 1_048_576 },
  { gib: 64, processors: 16, sessions: 417_792, entries: 8_388_608 },
  { gib: 128, processors: 32, sessions: 500_000, entries: 16_777_216 },
] as const;

/** Bytes of a connection of nginx in each worker, used or not: the connection and its two events. */
const NGINX_CONNECTION = 430;

describeWithPrograms(['dash'], 'what a machine has room for', () => {
  const folder = scratchFolder();
  const scripts = renderEach(
    'sizing.sh.tftpl',
    ENGINES_TRIED.map((engine) => ({ ...variables(engine, { db: target(10000, '10.0.0.1', 1) }) })),
  );

  /** Runs the script of an engine as on a machine of this memory. @returns what it wrote, by the name of the file */
  function sized(engine: Engine, gib: number, processors: number) {
    const at = join(folder, `${engine}-${gib}`);
    const netfilter = join(at, 'sys/net/netfilter');
    mkdirSync(netfilter, { recursive: true });
    for (const name of ['nf_conntrack_max', 'nf_conntrack_buckets']) writeFileSync(join(netfilter, name), '65536\n');
    const files = { script: join(at, 'sizing.sh'), meminfo: join(at, 'meminfo'), conf: join(at, 'nginx.conf') };
    writeFileSync(files.script, scripts[ENGINES_TRIED.indexOf(engine)] ?? '');
    writeFileSync(files.meminfo, `MemTotal:       ${Math.trunc(gib * GIB)} kB\nMemFree:        1 kB\n`);
    writeFileSync(files.conf, '        listen 10000 backlog=4096;\n        listen 10001 backlog=4096;\n');
    const env = {
      PLR_MEMINFO: files.meminfo,
      PLR_PROCESSORS: String(processors),
      PLR_SYSCTL: join(at, 'sys'),
      PLR_RUN: join(at, 'run'),
      PLR_NGINX_CONF: files.conf,
    };
    const { status, words } = run('dash', [files.script], { env });
    expect({ status, words }).toEqual({ status: 0, words: expect.stringMatching(/^sessions=\d+ entries=\d+\n$/) });
    const read = (path: string) => (existsSync(join(at, path)) ? readFileSync(join(at, path), 'utf8') : '');
    return { words, read, kernel: (name: string) => read(`sys/net/netfilter/${name}`).trim() };
  }

  it.each(MACHINES)(
    '$gib GiB of haproxy: $sessions sessions, room beyond them, four fifths for one target',
    (machine) => {
      const { gib, processors, sessions } = machine;
      const { read } = sized('haproxy', gib, processors);
      const share = Math.trunc((sessions * 4) / 5);
      expect(read('run/sizing.env')).toBe(
        `PLR_MAXCONN=${sessions + 512}\nPLR_SESSIONS=${sessions}\nPLR_TARGET_SESSIONS=${share}\n`,
      );
      expect(sessionsWithOneTarget('haproxy', gib)).toBe(share);
      expect(sessions * sessionKib('haproxy')).toBeLessThanOrEqual(
        Math.max(gib * GIB * 0.5, 500 * sessionKib('haproxy')),
      );
    },
  );

  it.each(MACHINES)('$gib GiB of nginx: the same sessions over its workers, two connections each', (machine) => {
    const { gib, processors, sessions } = machine;
    const { read } = sized('nginx', gib, processors);
    const each = Math.ceil(sessions / processors);
    expect(read('run/server-sizing.conf')).toBe(
      `limit_conn plr_workers ${each};\nlimit_conn plr_shares ${Math.trunc((each * 4) / 5)};\n`,
    );
    // Two listeners, and what the ready port and the resolver need.
    expect(read('run/events-sizing.conf')).toBe(`worker_connections ${2 * each + 2 + 512};\n`);
    // What the workers of one reload take before anybody connects: seven of them stay below a fifteenth of the memory.
    const generation = (2 * each + 514) * processors * NGINX_CONNECTION;
    if (gib >= 0.5) expect(7 * generation).toBeLessThan((gib * GIB * 1024) / 15);
  });

  it.each(MACHINES)('$gib GiB: $entries entries in the kernel, in every engine', ({ gib, processors, entries }) => {
    for (const engine of ENGINES_TRIED) {
      const { kernel, words } = sized(engine, gib, processors);
      expect(words).toContain(`entries=${entries}\n`);
      expect([kernel('nf_conntrack_max'), kernel('nf_conntrack_buckets')]).toEqual([String(entries), String(entries)]);
    }
    // The table is never full of one target: one address and port of it has 64,512 ports at most.
    expect(sessionsWithOneTarget('nftables', gib)).toBeLessThan(entries);
  });

  it('leaves a kernel alone that does not track connections', () => {
    const at = join(folder, 'without');
    mkdirSync(at);
    writeFileSync(join(at, 'sizing.sh'), scripts[0] ?? '');
    const env = { PLR_SYSCTL: at, PLR_RUN: join(at, 'run') };
    expect(run('dash', [join(at, 'sizing.sh')], { env })).toMatchObject({ status: 0 });
    expect(existsSync(join(at, 'net'))).toBe(false);
  });
});
