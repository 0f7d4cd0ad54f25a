import { describe, expect, it } from 'vitest';
import type { Cloud, PlanChange } from '../../src/model';
import { sentence } from '../../src/reports/alarms';
import { describeChange } from '../../src/reports/changes';
import { change, target } from './change';

const say = (one: PlanChange): string => sentence(one, (text) => `<${text}>`);

describe('the sentence of a change', () => {
  it.each<readonly [string, PlanChange]>([
    [
      '<analytics/a>: gone; clients that dial port 10000 are refused',
      target('a', { change: 'removed', clients: 'lose access', what: 'target' }),
    ],
    [
      '<analytics/a>: gone; it was not served, and port 10000 stays retired',
      target('a', { change: 'removed', what: 'target' }),
    ],
    ['<analytics/a>: new on port 10000 of s1', target('a', { change: 'added', what: 'target', to: { shard: 's1' } })],
    [
      '<analytics/a>: new and disabled; it keeps port 10000 on s1',
      target('a', { change: 'added', what: 'target', to: { shard: 's1', enabled: false } }),
    ],
    [
      '<analytics/a>: was called <b>; port 10000 stays',
      target('a', { what: 'name', from: { name: 'b' }, to: { name: 'a' } }),
    ],
    [
      '<analytics/a>: clients dial <b.example, c.example>, no longer <a.example>',
      target('a', {
        clients: 'lose access',
        what: 'domain',
        from: { domain: ['a.example', 'b.example'] },
        to: { domain: ['b.example', 'c.example'] },
      }),
    ],
    [
      '<analytics/a>: listener port 10000 becomes 10004; clients that dial the old one are refused',
      target('a', {
        change: 'moved',
        clients: 'lose access',
        what: 'listener port',
        from: { listenerPort: 10_000 },
        to: { listenerPort: 10_004 },
      }),
    ],
    [
      '<analytics/a>: goes from shard s1 to s2; open sessions end when its drain is over',
      target('a', {
        change: 'moved',
        clients: 'interrupted',
        what: 'listener port',
        from: { shard: 's1' },
        to: { shard: 's2' },
      }),
    ],
    [
      '<analytics/a>: port 10000 led to <old> and leads to <a.acme.com:5432>: clients that still dial it for <old> reach another database',
      target('a', {
        clients: 'reach another target',
        what: 'reused port',
        from: { target: 'old' },
        to: { host: 'a.acme.com', port: 5432 },
      }),
    ],
    [
      '<analytics/a>: port 10000 leads to <b:2>, no longer to <a:1>: is that the same database?',
      target('a', {
        clients: 'reach another target',
        what: 'host',
        from: { host: 'a', port: 1 },
        to: { host: 'b', port: 2 },
      }),
    ],
    ['<analytics/a>: <host a → b>', target('a', { what: 'host', from: { host: 'a' }, to: { host: 'b' } })],
    [
      '<analytics/a>: clients dial <new>, no longer <old>',
      target('a', { clients: 'lose access', what: 'domain', from: { domain: 'old' }, to: { domain: 'new' } }),
    ],
    [
      '<analytics/a>: disabled; clients that dial port 10000 are refused, and the port is kept',
      target('a', { clients: 'lose access', what: 'enabled', from: { enabled: true }, to: { enabled: false } }),
    ],
    ['<analytics/a>: enabled; port 10000 answers again', target('a', { what: 'enabled', to: { enabled: true } })],
    [
      '<analytics/a>: taken down with its router; clients that dial port 10000 are refused',
      target('a', { change: 'destroyed', clients: 'lose access', what: 'teardown' }),
    ],
    ['<analytics>: <tags: team a → b>', change({ from: { team: 'a' }, to: { team: 'b' } })],
    [
      '<analytics>: <approval terraform → manual>',
      change({ what: 'approval', from: { approval: 'terraform' }, to: { approval: 'manual' } }),
    ],
    [
      '<analytics>: teardown: deletion protection goes off; everything else stays',
      change({ what: 'teardown', to: { teardown: 'prepare' } }),
    ],
    ['<analytics>: <teardown prepare → none>', change({ what: 'teardown', from: { teardown: 'prepare' } })],
    [
      '<analytics>: <workspaces: workspace ids + 3, - 2>; a workspace that leaves stays bound until it is bound elsewhere, since Terraform cannot unbind it',
      change({
        about: 'ncc',
        what: 'workspaces',
        from: { workspaceIds: ['1', '2'] },
        to: { workspaceIds: ['1', '3'] },
      }),
    ],
    [
      '<analytics/s1>: its load balancer is replaced; open connections are cut',
      change({ about: 'shard', shard: 's1', change: 'replaced', what: 'load balancer' }),
    ],
    [
      '<analytics>: the router is gone: nothing is emitted for it any more, and what destroys its state cuts all its clients off',
      change({ change: 'removed', clients: 'lose access', what: 'router' }),
    ],
  ])('is %s', (expected, one) => {
    expect(say(one)).toBe(expected);
  });

  it('has the words of the cloud for what comes, goes, and loses its protection', () => {
    const all = (cloud: Cloud): string[] => [
      say(change({ cloud, about: 'shard', shard: 's1', change: 'added', what: 'shard' })),
      say(change({ cloud, about: 'shard', shard: 's1', change: 'destroyed', what: 'shard' })),
      say(change({ cloud, about: 'machines', pool: 'p1', change: 'destroyed', what: 'pool' })),
      say(
        change({
          cloud,
          what: 'deletion protection',
          from: { deletionProtection: true },
          to: { deletionProtection: false },
        }),
      ),
    ];
    expect(all('aws').join('\n')).not.toMatch(/Private Link Service|frontend|scale set/);
    expect(all('azure').join('\n')).not.toMatch(/endpoint service/);
    expect(all('azure')[0]).toBe('<analytics/s1>: new: a frontend, a Private Link Service and a private endpoint');
    expect(all('aws')[1]).toBe(
      '<analytics/s1>: its load balancer, endpoint service and private endpoint are destroyed',
    );
  });

  it('tells what it has no word for by its path and its values', () => {
    const one = change({ what: 'azure.newThing', from: { newThing: 1 }, to: { newThing: { deep: [1, 2] } } });
    expect(describeChange(one)).toBe('azure.newThing: new thing 1 → { deep [1, 2] }');
    expect(say(one)).toBe('<analytics>: <azure.newThing: new thing 1 → { deep [1, 2] }>');
  });
});
