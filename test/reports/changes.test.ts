import { describe, expect, it } from 'vitest';
import { CLIENT_NOTICES, type Cloud } from '../../src/model';
import { byNotice, describeChange, headline } from '../../src/reports/changes';
import { change, target } from './change';

describe('the line that counts', () => {
  it('counts what clients lose first, and counts each change once', () => {
    const changes = [
      target('a', { change: 'removed', clients: 'lose access', what: 'target' }),
      target('b', { change: 'moved', clients: 'lose access', what: 'listener port' }),
      target('c', { clients: 'lose access', what: 'domain' }),
      target('d', { clients: 'reach another target', what: 'host' }),
      target('e', { change: 'added', what: 'target' }),
      target('f', { what: 'name' }),
      change({ about: 'shard', shard: 's1', change: 'destroyed', clients: 'lose access', what: 'shard' }),
      change({ about: 'ncc', change: 'replaced', clients: 'interrupted', what: 'network connectivity configuration' }),
      change({}),
    ];
    expect(headline(changes)).toBe(
      '1 port reaches another target, 2 targets lose their port, 1 target loses its domain, 1 load balancer is destroyed, 1 change cuts running jobs once, 1 target is added, 1 target is renamed, 1 change that clients do not notice',
    );
    expect(headline([])).toBe('');
  });

  it.each<readonly [Cloud, string]>([
    ['aws', '2 load balancers are destroyed'],
    ['azure', '2 Private Link Services are destroyed, 1 load balancer is destroyed'],
  ])('has the words of %s', (cloud, words) => {
    const gone = { cloud, change: 'destroyed', clients: 'lose access' } as const;
    const shards = ['s1', 's2'].map((shard) => change({ ...gone, about: 'shard', shard, what: 'shard' }));
    const pools = cloud === 'aws' ? [] : [change({ ...gone, about: 'machines', pool: 'p1', what: 'pool' })];
    expect(headline([...shards, ...pools])).toBe(words);
  });

  it('groups changes by what clients notice, the worst first', () => {
    const changes = [...CLIENT_NOTICES].reverse().map((clients) => change({ clients }));
    expect(byNotice(changes).map(({ clients }) => clients)).toEqual(CLIENT_NOTICES);
    expect(byNotice([])).toEqual([]);
  });
});

describe('a change in few words', () => {
  it('leaves out what stands beside a difference and is the same', () => {
    const one = target('a', { what: 'host', from: { host: 'a', port: 1 }, to: { host: 'b', port: 1 } });
    expect(describeChange(one)).toBe('host a → b');
  });
});
