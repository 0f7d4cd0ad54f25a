import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import type { Lock, Target } from '../../src/model';
import { accept, places, router, target, targets } from '../planner/support';

/** What git makes of two branches of one file. */
function merge(base: Lock, ours: Lock, theirs: Lock): string {
  const folder = mkdtempSync(join(tmpdir(), 'plr-merge-'));
  try {
    const files = { ours, base, theirs };
    for (const [name, lock] of Object.entries(files)) writeFileSync(join(folder, name), serializeLock(lock));
    const { stdout, error } = spawnSync('git', ['merge-file', '-p', 'ours', 'base', 'theirs'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const all = targets('t', 8);
const base = accept(router({ targets: all }));
const branch = (list: readonly Target[]): Lock => accept(router({ targets: list }), base.lock).lock;

describe('two branches', () => {
  it('that touch different targets merge clean', () => {
    const ours = branch(
      all.map((one) =>
        one.name === 't-1' ? { ...one, hosts: [{ name: 'a.example', literal: false }] as const } : one,
      ),
    );
    const theirs = branch(all.map((one) => (one.name === 't-6' ? { ...one, port: 1 } : one)));
    const { lock, diagnostics } = parseLock(merge(base.lock, ours, theirs), 'x');
    expect(diagnostics).toEqual([]);
    expect(lock?.routers.analytics?.targets['t-1']?.host).toBe('a.example');
    expect(lock?.routers.analytics?.targets['t-6']?.port).toBe(1);
  });

  it('of which one adds and one removes, far apart, merge clean', () => {
    const ours = branch([...all, target('zz', { domains: ['t-0.corp.example'] })]);
    const theirs = branch(all.filter(({ name }) => name !== 't-2'));
    const { lock, diagnostics } = parseLock(merge(base.lock, ours, theirs), 'x');
    expect(diagnostics).toEqual([]);
    expect(lock?.routers.analytics?.retired).toHaveLength(1);
    expect(lock?.routers.analytics?.targets.zz?.listenerPort).toBe(10008);
  });

  it('that change the network in two ways conflict, in the same way merge clean and are one generation', () => {
    const subnets = ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728', 'subnet-0c1d2e3f405162738'];
    const open = (subnetIds: readonly string[], before?: Lock): Lock => {
      const { aws } = router();
      return accept(router({ targets: all, deletionProtection: false, aws: { ...aws, subnetIds } }), before).lock;
    };
    const [a = '', b = '', c = ''] = subnets;
    const start = open(subnets);
    const { diagnostics } = parseLock(merge(start, open([a, b], start), open([a, c], start)), 'x');
    expect(diagnostics.map(({ code }) => code)).toEqual(['PLR3001']);
    const { lock } = parseLock(merge(start, open([a, b], start), open([a, b], start)), 'x');
    expect(lock?.routers.analytics?.shards.s1?.generation).toBe(1);
  });

  it('that add at the same place conflict; either side, taken whole, is mended by a run', () => {
    const texts = ['x', 'y'].map((name) => serializeLock(branch([...all, target(name)])));
    const [ours, theirs] = ['x', 'y'].map((name) => branch([...all, target(name)]));
    if (ours === undefined || theirs === undefined) throw new Error('no branches');
    const text = merge(base.lock, ours, theirs);
    const { diagnostics } = parseLock(text, 'x');
    expect(diagnostics.length).toBeGreaterThan(0);
    const lines = text.split('\n');
    for (const { code, line, message } of diagnostics) {
      expect(code).toBe('PLR3001');
      expect(lines[(line ?? 0) - 1]).toMatch(/^<<<<<<< /);
      const end = Number(/lines \d+ to (\d+)/.exec(message)?.[1]);
      expect(lines[end - 1]).toMatch(/^>>>>>>> /);
    }
    const taken = texts[0] ?? '';
    const settled = parseLock(taken, 'x').lock;
    if (settled === undefined) throw new Error('a whole side is a lock');
    const both = accept(router({ targets: [...all, target('x'), target('y')] }), settled);
    expect(places(both.lock)).toMatchObject({ x: 's1:10008', y: 's1:10009' });
  });

  it('that add one target each, at different places, give one port twice: said, not planned', () => {
    const shared = { domains: ['t-0.corp.example'] } as const;
    const ours = branch([...all, target('aa', shared)]);
    const theirs = branch([...all, target('zz', shared)]);
    const text = merge(base.lock, ours, theirs);
    expect(text).not.toContain('<<<<<<<');
    const { lock, diagnostics } = parseLock(text, 'x');
    expect(lock).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'PLR3006', path: 'routers.analytics.targets.zz' }]);
  });
});
