import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltCommand, inventoryText, Scratch, THREE } from './harness';

const FILE = 'privatelink-router.yaml';
const scratch = new Scratch();
let command: BuiltCommand;

beforeAll(() => {
  command = new BuiltCommand();
});
afterAll(() => {
  command?.remove();
  scratch.remove();
});

const folderWith = (targets: Readonly<Record<string, string>>, keys: readonly string[] = []) =>
  scratch.folder({ [FILE]: inventoryText(targets, keys) });

describe('a command line at fault', () => {
  it.each([
    [['chekc'], 'Did you mean check'],
    [['check', '--frozne'], 'Did you mean --frozen'],
    [['check', '--format', 'yaml'], 'text, json'],
    [['check', 'a.yaml', 'b.yaml'], 'too many arguments'],
    [['check', '--env', ''], '--env'],
    [['check', ''], 'FILE'],
    [['synth', '--out', ''], '--out'],
    [['lock', '--env', 'prod', 'release', 'analytics', '10000'], 'behind `lock release`'],
    [['plan', '--against'], 'argument missing'],
    [['lock', 'release', 'analytics'], 'missing required argument'],
    [['lock', 'release', 'analytics', 'ten'], 'PORT'],
    [['lock', 'release', 'analytics', '65536'], 'PORT'],
    [['lock', 'move', 'analytics', 'ledger'], '--shard'],
    [['lock', 'move', 'analytics', '--shard', 's1'], 'missing required argument'],
    [[], 'Usage:'],
  ])('%j is answered with 2 and says %s', (args, words) => {
    const { code, stdout, stderr } = command.run(scratch.folder(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

describe('help', () => {
  it.each([[], ['init'], ['check'], ['plan'], ['lock'], ['lock', 'release'], ['lock', 'move'], ['synth']])(
    'of %s has examples',
    (...names) => {
      const { code, stdout, stderr } = command.run(scratch.folder(), [...names.filter(Boolean), '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: privatelink-router ${names.filter(Boolean).join(' ')}`.trim());
      expect(stdout).toContain(`  $ privatelink-router ${names.filter(Boolean).join(' ')}`.trimEnd());
    },
  );

  it("of the whole explains the exit codes, and --version is the package's", () => {
    expect(command.run(scratch.folder(), ['--help']).stdout).toContain('Exit codes:');
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(command.run(scratch.folder(), ['--version']).stdout).toBe(`${version}\n`);
  });
});

describe('colours and width', () => {
  const ansi = '\u001b[';

  it('has no colours in a pipe, even where CI is set', () => {
    const folder = folderWith({ ...THREE, broken: 'db.corp.acme.com:0' });
    for (const env of [{}, { CI: 'true' }, { NO_COLOR: '1', FORCE_COLOR: '1' }, { FORCE_COLOR: '0' }]) {
      expect(command.run(folder, ['check'], env).stderr).not.toContain(ansi);
    }
  });

  it('has them where FORCE_COLOR asks for them', () => {
    const folder = folderWith(THREE);
    expect(command.run(folder, ['plan'], { FORCE_COLOR: '1' }).stdout).toContain(ansi);
    expect(command.run(folder, ['plan', '--format', 'json'], { FORCE_COLOR: '1' }).stdout).not.toContain(ansi);
  });

  it('never cuts in a pipe, and stacks where COLUMNS is small', () => {
    const host = `${'long.'.repeat(12)}host.corp.acme.com`;
    const folder = folderWith({ 'orders-db': `${host}:5432` });
    expect(command.run(folder, ['plan']).stdout).toContain(`${host}:5432`);
    expect(command.run(folder, ['plan'], { COLUMNS: '40' }).stdout).toMatch(/\+ 10000 orders-db\n +reaches\n +long\./);
  });
});

describe('the process', () => {
  it('does its work with standard input closed', () => {
    const { status } = spawnSync('sh', ['-c', `exec "$0" "$1" lock <&-`, process.execPath, command.bin], {
      cwd: folderWith(THREE),
      env: { PATH: process.env.PATH },
    });
    expect(status).toBe(0);
  });

  it('ends calmly where the reader has gone', async () => {
    const targets = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`t${i}`, `"bad host ${i}:70000"`]));
    const child = spawn(process.execPath, [command.bin, 'check'], {
      cwd: folderWith(targets),
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    child.stderr.destroy();
    const [code, signal] = await once(child, 'exit');
    expect({ code, signal }).toEqual({ code: 1, signal: null });
  });

  it('says it where standard output is full', () => {
    if (!existsSync('/dev/full')) {
      return;
    }
    const full = openSync('/dev/full', 'w');
    const { status } = spawnSync(process.execPath, [command.bin, 'plan'], {
      cwd: folderWith(THREE),
      env: { PATH: process.env.PATH },
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect(status).toBe(1);
  });

  it('shows progress after a second, ends at Ctrl-C and leaves no half lock', async () => {
    const silent = createSocket('udp4');
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const targets = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`t${i}`, `t${i}.acme.com:5432`]));
    const shared = [
      'dns: synth',
      `resolvers: ["127.0.0.1:${silent.address().port}"]`,
      'domains: { shared: db.acme.com }',
    ];
    const folder = folderWith(targets, shared);
    const child = spawn(process.execPath, [command.bin, 'lock'], {
      cwd: folder,
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      let seen = '';
      for await (const chunk of child.stderr) {
        seen += String(chunk);
        if (seen.includes('resolving names')) {
          break;
        }
      }
      expect(seen).toBe('resolving names: 100 in all\n');
      child.kill('SIGINT');
      const [code, signal] =
        child.exitCode === null && child.signalCode === null
          ? await once(child, 'exit')
          : [child.exitCode, child.signalCode];
      expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
      expect(existsSync(join(folder, 'privatelink-router.lock.json'))).toBe(false);
    } finally {
      child.kill('SIGKILL');
      silent.close();
    }
  });
});
