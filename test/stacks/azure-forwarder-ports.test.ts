import { expect, it } from 'vitest';
import type { PlannedAzureRouter, PlannedListener } from '../../src/model';
import { azureListener, azureRouter, azureShard } from '../constructs/support/azure-plans';
import { at, type Tree, terraformOf } from '../constructs/support/synthesized';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { rulesOf } from './support/security-rules';
import { evaluate } from './support/terraform';

const behind = (forwarderPort: number, listener: PlannedListener): PlannedListener => ({ ...listener, forwarderPort });

/** Two shards of one pool that are both dialled on 443, and a pool in which nothing meets. */
const ROUTER = azureRouter([
  azureShard(1, [azureListener('a', 443), azureListener('b', 10000)]),
  azureShard(2, [behind(61100, azureListener('c', 443)), azureListener('d', 444)]),
  azureShard(3, [azureListener('e', 443)], { pool: 'p2' }),
]);

/** The load-balancing rules of a shard as Terraform makes them: `frontend:port->port` by key and name. */
function rulesOfShards(tree: Tree, shards: Readonly<Record<string, string>>): Record<string, unknown> {
  const unquoted = (text: string): string => text.replace(/^\$\{|\}$/g, '').replaceAll('each.', 'x.');
  const rule = (shard: string): string => {
    const { name, frontend_port, backend_port } = at<Record<string, string>>(
      tree,
      'resource',
      'azurerm_lb_rule',
      `${shard}_rule`,
    );
    const [called, front, back] = [name, frontend_port, backend_port].map((text) => unquoted(text ?? ''));
    return `{ for key, value in local.${shard}_listeners : key => [for x in [{ key = key, value = value }] : "\${${called}} \${${front}}->\${${back}}"][0] }`;
  };
  const pools = [...new Set(Object.values(shards))];
  const names = [...pools.map((pool) => `${pool}_targets`), ...Object.keys(shards).map((key) => `${key}_listeners`)];
  return evaluate({
    locals: Object.fromEntries(names.map((name) => [name, at(tree, 'locals', name)])),
    output: Object.fromEntries(Object.keys(shards).map((shard) => [shard, { value: `\${${rule(shard)}}` }])),
  });
}

/** The text of what concerns a shard and its rules. */
const textOf = (router: PlannedAzureRouter, pool: string, shard: string): string => {
  const tree = terraformOf(router);
  const locals = [`${pool}_targets`, `${shard}_listeners`].map((name) => at(tree, 'locals', name));
  return JSON.stringify([locals, at(tree, 'resource', 'azurerm_lb_rule', `${shard}_rule`)]);
};

describeUnless(lacking(['terraform']), 'a port that two shards of a pool are dialled on', () => {
  it('has a rule on each frontend, which lead to two ports of the machines, under names that differ', () => {
    expect(rulesOfShards(terraformOf(ROUTER), { s1: 'p1', s2: 'p1', s3: 'p2' })).toEqual({
      s1: { 443: 'port-443 443->443', 10000: 'port-10000 10000->10000' },
      s2: { 443: 'port-443-61100 443->61100', 444: 'port-444 444->444' },
      s3: { 443: 'port-443 443->443' },
    });
  });

  it('is let in on the ports that the forwarders listen on, and on no other', () => {
    const [rules] = rulesOf([ROUTER]);
    const clients = rules?.find(({ name }) => name === 'clients');
    expect(clients?.destination_port_ranges).toEqual(['443-444', '10000', '61100']);
  });

  it('tells the machines the ports that they listen on, and beside them what is dialled', () => {
    const targets = at<Record<string, { port: number }>>(terraformOf(ROUTER), 'locals', 'p1_targets');
    expect(Object.entries(targets).map(([name, { port }]) => [name, port])).toEqual([
      ['a', 443],
      ['b', 10000],
      ['c', 61100],
      ['d', 444],
    ]);
    expect(targets.c).toMatchObject({ listener_port: 443 });
    for (const name of ['a', 'b', 'd']) expect(targets[name]).not.toHaveProperty('listener_port');
  });

  it('changes no letter of a pool in which nothing meets', () => {
    const alone = azureRouter([azureShard(3, [azureListener('e', 443)], { pool: 'p2' })]);
    expect(textOf(ROUTER, 'p2', 's3')).toBe(textOf(alone, 'p2', 's3'));
    const { name, frontend_port } = at(terraformOf(alone), 'resource', 'azurerm_lb_rule', 's3_rule');
    expect([name, frontend_port]).toEqual(['${"port-${each.key}"}', '${each.value}']);
  });
});
