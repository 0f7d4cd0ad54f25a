import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import { limit } from '../../src/limits';
import type { Diagnostic, Lock, LockedRouter, LockedTarget, RoutingPlan } from '../../src/model';
import { PLAIN, renderPlan, renderPlanMarkdown } from '../../src/reports';
import { listener, plan, router, shard } from './plans';

/** A locked target of one name. */
type OneName = Extract<LockedTarget, { readonly host: string; readonly domain: string }>;

function target(listenerPort: number, host: string, more: Partial<OneName> = {}): OneName {
  return { shard: 's1', listenerPort, host, port: 5432, domain: host, ...more };
}

function lock(targets: LockedRouter['targets'], more: Partial<LockedRouter> = {}): Lock {
  const analytics: LockedRouter = { cloud: 'aws', shards: { s1: { domains: [] } }, targets, retired: [], ...more };
  return { version: 1, routers: { analytics } };
}

const EMPTY: Lock = { version: 1, routers: {} };

/** The comment on what `after` changes against `before`. */
function comment(before: Lock, after: Lock, more: Partial<Parameters<typeof renderPlanMarkdown>[0]> = {}): string {
  const listeners = Object.entries(after.routers.analytics?.targets ?? {}).map(([name, { listenerPort, host = '' }]) =>
    listener(name, listenerPort, { host }),
  );
  return renderPlanMarkdown({
    plan: plan(router([shard(1, listeners)])),
    changes: compareDeployments({ lock: before }, { lock: after }),
    compared: 'plans',
    diagnostics: [],
    ...more,
  });
}

/** The lines of the boxes that must not be overlooked. */
function loud(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line.startsWith('> - ') ? [line.slice(4)] : []));
}

const A = target(10000, 'a.acme.com');
const B = target(10001, 'b.acme.com');

describe('a plan as a comment', () => {
  it('says plainly that nothing changes', () => {
    const text = comment(lock({ a: A, b: B }), lock({ a: A, b: B }), { against: 'origin/main' });
    expect(text).toContain('## Plan against `origin/main`\n\n**No changes: 2 targets; 2 listeners on 1 shard.**\n');
    expect(text).not.toContain('CAUTION');
    expect(text).toContain('| s1 | 10000 | `a` | `a.acme.com:5432` | `a.acme.com` |  |');
  });

  it('has columns of owners and descriptions where they are given, and nothing in them is Markdown', () => {
    const targets = [
      listener('a', 10000, { owner: '@everyone', description: '[x](https://a.acme.com) | <b>' }),
      listener('b', 10001),
    ];
    const text = comment(EMPTY, lock({ a: A, b: B }), { plan: plan(router([shard(1, targets)])), changes: [] });
    expect(text).toContain('| shard | port | target | leads to | clients dial | owner | description | change |');
    expect(text).toContain('| `a.corp.acme.com` | `@everyone` | `[x](https://a.acme.com) \\| <b>` |  |');
    expect(text).toContain('| `b.corp.acme.com` |  |  |  |');
    expect(comment(lock({ a: A }), lock({ a: A }))).not.toContain('owner');
  });

  it('is quiet about a target that comes', () => {
    const text = comment(lock({ a: A }), lock({ a: A, b: B }));
    expect(loud(text)).toEqual([]);
    expect(text).toContain('**Plan: 1 target is added; 2 listeners on 1 shard.**');
    expect(text).toContain('| + | `analytics/b` | target | `added` | nothing |');
  });

  it('is loud about a changed port, a lost target, another name and another domain', () => {
    const before = lock({ a: A, b: B, c: target(10002, 'c.acme.com'), d: target(10003, 'd.acme.com') });
    const after = lock(
      {
        a: { ...A, listenerPort: 10009 },
        renamed: { ...target(10002, 'c.acme.com'), bornAs: 'c' },
        d: target(10003, 'd.acme.com', { domain: 'db.acme.com' }),
      },
      { retired: [{ shard: 's1', listenerPort: 10001, target: 'b' }] },
    );
    const text = comment(before, after);
    expect(loud(text)).toEqual([
      '`analytics/a`: listener port 10000 becomes 10009; clients that dial the old one are refused',
      '`analytics/b`: gone; clients that dial port 10001 are refused',
      '`analytics/d`: clients dial `db.acme.com`, no longer `d.acme.com`',
    ]);
    expect(text).toContain(
      '**Plan: 2 targets lose their port, 1 target loses its domain, 1 target is renamed; 3 listeners',
    );
    // A rename is told, and is no alarm.
    expect(text).toContain('| ~ | `analytics/renamed` | target | `name c → renamed` | nothing |');
  });

  it('is loud about the same port before another database, however that came about', () => {
    const other = { ...A, host: 'other.acme.com', domain: 'a.acme.com' };
    expect(loud(comment(lock({ a: A }), lock({ a: other })))).toEqual([
      '`analytics/a`: port 10000 leads to `other.acme.com:5432`, no longer to `a.acme.com:5432`: is that the same database?',
    ]);
    expect(loud(comment(lock({ a: A, b: B }), lock({ b: { ...B, listenerPort: 10000 } })))).toContain(
      '`analytics/b`: port 10000 led to `a` and leads to `b.acme.com:5432`: clients that still dial it for `a` reach another database',
    );
    const once = lock({ a: A }, { retired: [{ shard: 's1', listenerPort: 10001, target: 'old' }] });
    expect(loud(comment(once, lock({ a: A, b: B })))).toEqual([
      '`analytics/b`: port 10001 led to `old` and leads to `b.acme.com:5432`: clients that still dial it for `old` reach another database',
    ]);
  });

  it('tells of shards, of another shard and of replaced load balancers', () => {
    const second = { s1: { domains: [] }, s2: { domains: [] } };
    const text = comment(lock({ a: A }), lock({ a: { ...A, shard: 's2' } }, { shards: second }));
    expect(loud(text)).toEqual(['`analytics/a`: goes from shard s1 to s2; open sessions end when its drain is over']);
    expect(text).toContain('> [!WARNING]\n> **Running jobs are cut once:**');
    expect(text).toContain('| + | `analytics/s2` | shard | `added` | nothing |');
    const replaced = comment(lock({ a: A }), lock({ a: A }, { shards: { s1: { domains: [], generation: 1 } } }));
    expect(loud(replaced)).toEqual(['`analytics/s1`: its load balancer is replaced; open connections are cut']);
    const leaving = lock({ a: A }, { shards: { s1: { domains: [] }, s2: { domains: [], state: 'prepare' } } });
    expect(comment(lock({ a: A }, { shards: second }), leaving)).toContain(
      '| ~ | `analytics/s2` | shard | `deletion protection true → false` | nothing |',
    );
    expect(loud(comment(lock({ a: A }), EMPTY, { plan: { routers: [] } }))[0]).toMatch(
      /^`analytics`: the router is gone/,
    );
    expect(comment(EMPTY, lock({ a: A }))).toContain('| + | `analytics` | router | `added` | nothing |');
  });

  it('has the findings, and says where errors keep it from planning', () => {
    const finding: Diagnostic = {
      code: 'PLR2105',
      severity: 'warning',
      message: 'the host "<b>@acme/team" is odd',
      file: 'plr.yaml',
      line: 7,
      path: 'routers.analytics',
      fix: 'name it | otherwise',
    };
    const text = comment(EMPTY, lock({ a: A }), { diagnostics: [finding], env: 'prod', router: 'analytics' });
    expect(text).toContain('## Plan of `prod` / `analytics`');
    expect(text).toContain(
      '### Warnings\n\n- PLR2105 at `plr.yaml:7` `routers.analytics`: `the host "<b>@acme/team" is odd` → `name it | otherwise`',
    );
    const broken = renderPlanMarkdown({
      diagnostics: [{ ...finding, severity: 'error' }],
      changes: [],
      compared: 'nothing',
    });
    expect(broken).toContain('**1 error: nothing can be planned until it is fixed.**');
    expect(broken).toContain('### Errors');
  });

  it('folds long tables and is never longer than a comment may be', () => {
    const most = limit('github.commentCharacters').value;
    const many = (number: number, from: number): LockedRouter['targets'] =>
      Object.fromEntries(
        Array.from({ length: number }, (_, index) => [
          `target-${index}`,
          target(from + index, `host-${index}.${'x'.repeat(50)}.acme.com`),
        ]),
      );
    const folded = comment(EMPTY, lock(many(40, 10000)));
    expect(folded.match(/<details>/g)).toHaveLength(2);
    expect(folded.match(/<details>/g)?.length).toBe(folded.match(/<\/details>/g)?.length);
    for (const number of [300, 900, 4000]) {
      const text = comment(lock(many(number, 10000)), lock(many(number, 20000)));
      expect(text.length).toBeLessThanOrEqual(most);
      expect(text).toContain(`**Plan: ${number} targets lose their port;`);
      expect(text).toMatch(/and \d+ more|no room here/);
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    }
  });

  it('holds no text of the user outside of a code span', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, (host, domain, ncc) => {
        const marked = `${host}@acme/team<i>[x](https://acme.com)`;
        const labels = { owner: marked, description: `${domain}<i>@acme` };
        const locked = lock({ a: { ...A, host: marked, domain: `${domain}<i>@acme` } });
        const routing: RoutingPlan = plan(
          router([shard(1, [listener('a', 10000, { host: marked, domain: `${domain}@acme`, ...labels })])], {
            ncc: { name: `${ncc}<i>@acme`, workspaceIds: [] },
          }),
        );
        const changes = compareDeployments({ lock: lock({ a: A }) }, { lock: locked });
        const shown = renderPlanMarkdown({ plan: routing, changes, compared: 'locks', diagnostics: [] });
        // A span ends with as many backticks as it begins with.
        const outside = shown.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
        expect(outside).not.toMatch(/@|<i>|\[x\]|https/);
        expect(outside).not.toContain('`');
      }),
    );
  });

  it('gives the same text for the same plan', () => {
    const [before, after] = [lock({ a: A, b: B }), lock({ b: A, a: B })];
    expect(comment(before, after)).toBe(comment(before, after));
  });
});

it('is as loud as text', () => {
  const [before, after] = [lock({ a: A }), lock({ a: { ...A, listenerPort: 10004 } })];
  const changes = compareDeployments({ lock: before }, { lock: after });
  const text = renderPlan(plan(router([shard(1, [listener('a', 10004)])])), changes, PLAIN);
  expect(text).toContain(
    '\n! analytics/a: listener port 10000 becomes 10004; clients that dial the old one are refused\n\nPlan: 1 target loses its port',
  );
});
