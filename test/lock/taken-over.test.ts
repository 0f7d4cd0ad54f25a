import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import { azureLockOf, locked, lockedRouter, lockOf } from './sample';

const NAMES = { loadBalancerName: 'Old-NLB', securityGroupName: 'old nlb (ingress) ${x}' };
const [S1, S2] = [lockedRouter().shards.s1, lockedRouter().shards.s2];
if (S1 === undefined || S2 === undefined) throw new Error('the sample has no shards');
const TAKEN = lockOf({
  shards: { s1: { ...S1, ...NAMES }, s2: S2 },
  targets: {
    'orders-db': locked(10000, { bornAs: 'orders', targetGroupName: 'old-nlb-tg-orders' }),
    crm: locked(10001),
  },
  retired: [],
});

function messages(text: string): readonly string[] {
  return parseLock(text, 'x').diagnostics.map(({ code, path, message }) => `${code} ${path}: ${message}`);
}

describe('names that were taken over', () => {
  it('stand beside the generation and in the line of their target, and read back as they were', () => {
    const text = serializeLock(TAKEN);
    expect(text).toContain(
      '"generation": 2,\n          "loadBalancerName": "Old-NLB",\n          "securityGroupName": "old nlb (ingress) ${x}",\n          "domains"',
    );
    expect(text).toContain('"bornAs": "orders", "targetGroupName": "old-nlb-tg-orders" }');
    expect(parseLock(text, 'x')).toEqual({ lock: TAKEN, diagnostics: [] });
  });

  it('are refused in a form that AWS has not', () => {
    const text = serializeLock(TAKEN)
      .replace('"Old-NLB"', '"-nlb"')
      .replace('old nlb (ingress) ${x}', 'old<nlb>')
      .replace('old-nlb-tg-orders', 'a'.repeat(33));
    expect(messages(text)).toEqual([
      'PLR3004 routers.analytics.shards.s1.loadBalancerName: routers.analytics.shards.s1.loadBalancerName: needed is a name of 1 to 32 letters, digits and hyphens',
      'PLR3004 routers.analytics.shards.s1.securityGroupName: routers.analytics.shards.s1.securityGroupName: needed is the name of a security group',
      'PLR3004 routers.analytics.targets.orders-db.targetGroupName: routers.analytics.targets.orders-db.targetGroupName: needed is a name of 1 to 32 letters, digits and hyphens',
    ]);
  });

  it('belong to one shard or target each', () => {
    const twice = lockOf({
      shards: { s1: { ...S1, ...NAMES }, s2: { domains: ['erp.corp.example'], ...NAMES } },
      targets: {
        a: locked(10000, { targetGroupName: 'same' }),
        b: locked(10001, { targetGroupName: 'same' }),
      },
      retired: [],
    });
    const found = messages(serializeLock(twice));
    expect(found.map((message) => message.replace(/ \(the other.*/, ''))).toEqual([
      'PLR3015 routers.analytics.shards.s2: both s1 and s2 have the load balancer Old-NLB',
      'PLR3015 routers.analytics.shards.s2: both s1 and s2 have the security group old nlb (ingress) ${x}',
      'PLR3015 routers.analytics.targets.b: both a and b have the target group same',
    ]);
  });

  it('are no keys of a router of Azure', () => {
    const text = serializeLock(azureLockOf())
      .replace('"domain": "erp.corp.example"', '"domain": "erp.corp.example", "targetGroupName": "x"')
      .replace('"pool": "p1",', '"pool": "p1", "loadBalancerName": "x",');
    expect(messages(text).map((message) => message.split(': ').at(-1))).toEqual([
      'this key is not known',
      'this key is not known',
    ]);
  });
});
