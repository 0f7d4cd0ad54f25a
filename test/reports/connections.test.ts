import { expect, it } from 'vitest';
import { connections } from '../../src/reports';
import { connections as output } from '../../stacks/outputs';
import { listener, plan, router, shard } from './plans';

const DECIDED = plan(
  router([shard(1, [listener('orders-db', 10000)], { reserved: [{ target: 'old-crm', listenerPort: 10001 }] })]),
);

it('the connection table names who dials what', () => {
  expect(connections(DECIDED)).toEqual([
    {
      router: 'analytics',
      target: 'orders-db',
      domain: 'orders-db.corp.acme.com',
      listenerPort: 10000,
      shard: 'analytics-1',
      host: 'orders-db.corp.acme.com',
      port: 5432,
    },
  ]);
});

it('and has a row for each name of a target, as the output of the stack has', () => {
  const { backends, ...rest } = listener('proxy', 443);
  const [one] = backends;
  const several = { ...rest, backends: [{ ...one, domains: ['a.example', 'b.example'] }] } as const;
  const routed = router([shard(1, [several, listener('orders-db', 10000)])]);
  expect(connections(plan(routed)).map(({ target, domain, listenerPort }) => [target, domain, listenerPort])).toEqual([
    ['proxy', 'a.example', 443],
    ['proxy', 'b.example', 443],
    ['orders-db', 'orders-db.corp.acme.com', 10000],
  ]);
  const table = output(routed);
  expect(Object.keys(table)).toEqual(['orders-db', 'proxy/a.example', 'proxy/b.example']);
  expect(table['proxy/b.example']).toMatchObject({ domain: 'b.example', listener_port: 443 });
});
