import { expect, it } from 'vitest';
import type { PlannedBackend, PlannedListener, SharedListener, SharedRoute } from '../../src/model';
import { azureListener, azureRouter, azureShard } from '../constructs/support/azure-plans';
import { at, terraformOf } from '../constructs/support/synthesized';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { rulesOf } from './support/security-rules';
import { evaluate } from './support/terraform';

type Backends = SharedListener['backends'];

/** A listener of targets that share it, named `x`, `x/path`. */
function shared(route: SharedRoute, port: number, ...targets: readonly [string, ...string[]]): PlannedListener {
  const backends = targets.map((one): PlannedBackend => {
    const [name = '', path] = one.split('/');
    const [backend] = azureListener(`${name}${path ?? ''}`, port, { host: `${name}.corp.example` }).backends;
    return { ...backend, domains: [`${name}.corp.example`], ...(path === undefined ? {} : { path: `/${path}` }) };
  });
  return { port, route, backends: backends as readonly PlannedBackend[] as Backends };
}

/** Two shards of one pool, each with names on 443. */
const ROUTER = azureRouter([
  azureShard(1, [
    shared('sni', 443, 'a', 'b'),
    shared('http', 8080, 'api/orders', 'api/bills'),
    azureListener('db', 10000),
  ]),
  azureShard(2, [{ ...shared('sni', 443, 'c', 'd'), forwarderPort: 61100 }]),
]);

describeUnless(lacking(['terraform']), 'ports that targets share', () => {
  const tree = terraformOf(ROUTER);

  it('have one load-balancing rule each, and a port of the machines for each shard', () => {
    const names = ['p1_targets', 's1_listeners', 's2_listeners'];
    expect(
      evaluate({
        locals: Object.fromEntries(names.map((name) => [name, at(tree, 'locals', name)])),
        output: {
          s1: { value: '${local.s1_listeners}' },
          s2: { value: '${local.s2_listeners}' },
        },
      }),
    ).toEqual({ s1: { 443: 443, 8080: 8080, 10000: 10000 }, s2: { 443: 61100 } });
    const { name, frontend_port, backend_port } = at(tree, 'resource', 'azurerm_lb_rule', 's2_rule');
    expect([name, frontend_port, backend_port]).toEqual([
      '${each.key == tostring(each.value) ? "port-${each.key}" : "port-${each.key}-${each.value}"}',
      '${tonumber(each.key)}',
      '${each.value}',
    ]);
  });

  it('are let in once', () => {
    const [rules] = rulesOf([ROUTER]);
    const clients = rules?.find(({ name }) => name === 'clients');
    expect(clients?.destination_port_ranges).toEqual(['443', '8080', '10000', '61100']);
  });

  it('come to the machines with route, names and path, and others without', () => {
    const targets = at<Record<string, object>>(tree, 'locals', 'p1_targets');
    expect(targets).toMatchObject({
      a: { port: 443, route: 'sni', names: ['a.corp.example'], path: '' },
      apiorders: { port: 8080, route: 'http', names: ['api.corp.example'], path: '/orders' },
      c: { port: 61100, listener_port: 443, route: 'sni', names: ['c.corp.example'] },
    });
    for (const key of ['route', 'names', 'path']) expect(targets.db).not.toHaveProperty(key);
  });

  it('leave the script of the machines each port once', () => {
    const { p1_ports } = evaluate({
      locals: { p1_targets: at(tree, 'locals', 'p1_targets'), p1_ports: at(tree, 'locals', 'p1_ports') },
      output: { p1_ports: { value: '${local.p1_ports}' } },
    });
    expect(p1_ports).toEqual(['00443', '08080', '10000', '61100']);
  });
});
