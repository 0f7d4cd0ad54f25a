import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOST_FORM, PATH_FORM } from '../../src/model';
import { runs } from '../support/runs';
import { renderEach, type TargetVariables, target, variables } from './render';
import { describeWithPrograms, lay, run, scratchFolder } from './tools';

type Targets = Readonly<Record<string, TargetVariables>>;

const CHECKS = [
  { protocol: 'none' },
  { protocol: 'TCP' },
  { protocol: 'TCP', port: 1234 },
  { protocol: 'HTTP', path: "/health?a='b", matcher: '200-399' },
  { protocol: 'HTTPS', path: '/', matcher: '200', host: 'check.example' },
];
const name = fc.stringMatching(/^[a-z0-9_]([a-z0-9_-]{0,12}[a-z0-9_])?(\.[a-z][a-z0-9-]{0,8}[a-z0-9]){1,2}$/);
const path = fc.stringMatching(/^(\/[A-Za-z0-9~_:@+=-][A-Za-z0-9._~:@+=-]{0,4}){1,3}$/);
const host = fc.oneof(fc.constantFrom('10.1.2.3', '_srv.corp.example', 'h.corp.example'), name);

/** A few ports, each with one route, and targets whose names and paths never meet. */
const targetMaps: fc.Arbitrary<Targets> = fc
  .array(
    fc.record({
      port: fc.constantFrom(443, 80, 10000, 5432),
      names: fc.uniqueArray(name, { minLength: 1, maxLength: 40 }),
      path: fc.oneof(fc.constant(''), path),
      host,
      hostPort: fc.integer({ min: 1, max: 65535 }),
      check: fc.constantFrom(...CHECKS),
      more: fc.record({ idle_timeout: fc.integer({ min: 1, max: 86400 }), max_connections: fc.nat(9) }),
      several: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drawn) => {
    const taken = new Set<string>();
    const targets: Record<string, TargetVariables> = {};
    for (const [n, one] of drawn.entries()) {
      const route = one.port === 80 || one.port === 10000 ? 'http' : 'sni';
      const own = route === 'http' ? one.path : '';
      const names = one.names.filter((text) => !taken.has(`${one.port} ${text} ${own}`));
      for (const text of names) taken.add(`${one.port} ${text} ${own}`);
      if (names.length === 0) continue;
      const hosts = [one.host, '10.9.8.7'].map((text) => ({ host: text, literal: /^[\d.]+$/.test(text) }));
      targets[`t${n}`] = target(one.port, one.host, one.hostPort, {
        route,
        names,
        path: own,
        check: one.check,
        ...one.more,
        ...(one.several && { hosts }),
      });
    }
    return targets;
  });

/** The target that the configuration's lines choose for a request, read as HAProxy reads them: the first that fits. */
function chosen(configuration: string, port: number, dialled: string, asked: string): string | undefined {
  const [, frontend = ''] = configuration.split(`frontend port_${port}\n`);
  const [lines = ''] = frontend.split('\n\n');
  return [
    ...lines.matchAll(
      /use_backend (\S+) if \{ var\(txn\.name\) -m str ([^}]*) \}(?: \{ var\(txn\.below\) -m beg (\S+) \})?/g,
    ),
  ]
    .find(([, , names = '', begin = '']) => names.split(' ').includes(dialled) && `${asked}/`.startsWith(begin))
    ?.at(1);
}

const scratch = scratchFolder();

describeWithPrograms(['haproxy'], 'any targets on shared ports', () => {
  it('make a configuration that HAProxy takes, whose first fitting line is the longest path of the name', () => {
    const sets = fc.sample(targetMaps, { numRuns: runs(20), seed: 11 });
    const texts = renderEach(
      'haproxy.cfg.tftpl',
      sets.map((targets) => ({ ...variables('haproxy', targets) })),
    );
    for (const [n, targets] of sets.entries()) {
      const text = texts[n] ?? '';
      const at = lay(scratch, {
        '/haproxy.cfg': text.replace('/var/lib/privatelink-router/haproxy.state', `${scratch}/s`),
      });
      const { words, status } = run('haproxy', ['-c', '-f', at('/haproxy.cfg')]);
      const trouble = words.split('\n').filter((line) => /ALERT|WARNING/.test(line) && !/server state file/.test(line));
      expect({ trouble, status }).toEqual({ trouble: [], status: 0 });
      for (const { port, names = [], path: own = '' } of Object.values(targets)) {
        for (const asked of [own === '' ? '/' : own, `${own}/x`, own === '' ? '/x' : `${own}x`]) {
          const dialled = names[0] ?? '';
          const rivals = Object.entries(targets).filter(
            ([, one]) => one.port === port && one.names?.includes(dialled) && `${asked}/`.startsWith(`${one.path}/`),
          );
          const longest = rivals.sort(([, a], [, b]) => (b.path?.length ?? 0) - (a.path?.length ?? 0))[0]?.[0];
          expect({ asked, chosen: chosen(text, port, dialled, asked) }).toEqual({ asked, chosen: longest });
        }
      }
    }
  });

  it('have names and paths of the forms that everything else asks for', () => {
    for (const text of fc.sample(name, 200)) expect(text).toMatch(HOST_FORM);
    for (const text of fc.sample(path, 200)) expect(text).toMatch(PATH_FORM);
  });

  it('of two routes on one port are none', () => {
    const two = {
      a: target(80, '10.0.0.1', 1, { route: 'sni', names: ['a.example'], path: '' }),
      b: target(80, '10.0.0.1', 1, { route: 'http', names: ['b.example'], path: '' }),
    };
    expect(renderEach('haproxy.cfg.tftpl', [{ ...variables('haproxy', two) }])).toEqual([null]);
  });
});
