import { describe, expect, it } from 'vitest';
import { CAPABILITIES, ENGINES } from '../../src/forwarder';
import type { Engine } from '../../src/model';
import {
  connections,
  makeStyle,
  PLAIN,
  renderNextSteps,
  renderPlan,
  renderPlanMarkdown,
  sizeLine,
} from '../../src/reports';
import { azureRouter, azureShard, listener, plan, router, shard } from './plans';

const ONE = azureShard(1, [listener('erp', 10000), listener('orders-db', 10001)]);
const TWO = azureShard(2, [listener('stock', 10002)], { pool: 'p2' });

/** The lines of a plan's text between its title and its first shard. */
function head(...args: Parameters<typeof azureRouter>): readonly string[] {
  const lines = renderPlan(plan(azureRouter(...args)), [], PLAIN).split('\n');
  return lines.slice(0, lines.indexOf(''));
}

describe('a plan of Azure as text', () => {
  it('names location and forwarder, what the engine lacks, and the pool of each shard', () => {
    expect(renderPlan(plan(azureRouter([ONE, TWO])), [], PLAIN, 'plans')).toBe(
      [
        'analytics azure eastus2 · ncc analytics-ncc',
        '  forwarder: 2 pools, each with haproxy on 2 × Standard_D2s_v5, zones 1, 2, 3, egress: nat; a rule for each target; accelerated networking on',
        '  haproxy lacks a stock image (docs/engines.md)',
        '',
        '  analytics-1 (s1, pool p1): 2 listeners, 2 domains',
        '       port  target     reaches                       domain',
        '      10000  erp        erp.corp.acme.com:5432        as host',
        '      10001  orders-db  orders-db.corp.acme.com:5432  as host',
        '',
        '  analytics-2 (s2, pool p2): 1 listener, 1 domain',
        '       port  target     reaches                       domain',
        '      10002  stock      stock.corp.acme.com:5432      as host',
        '',
        'No changes: 3 targets; 3 listeners on 2 shards',
        '',
      ].join('\n'),
    );
  });

  it('has a column for the ports of the forwarders where one of them is not what clients dial', () => {
    const [forwarded] = [listener('stock', 443)].map((one) => ({ ...one, forwarderPort: 61100 }));
    if (forwarded === undefined) throw new Error('there is no listener');
    const reserved = [{ target: 'old', listenerPort: 444 }];
    const both = plan(azureRouter([azureShard(1, [listener('erp', 443)]), azureShard(2, [forwarded], { reserved })]));
    const lines = renderPlan(both, [], PLAIN).split('\n');
    expect(lines.filter((line) => /port {2}|443|444/.test(line))).toEqual([
      '      port  forwarder port  target  reaches                   domain   change',
      '       443                  erp     erp.corp.acme.com:5432    as host',
      '      port  forwarder port  target  reaches                   domain   change',
      '       443           61100  stock   stock.corp.acme.com:5432  as host',
      '       444                  old                                        disabled',
    ]);
    const page = renderPlanMarkdown({ plan: both, changes: [], compared: 'plans', diagnostics: [] }).split('\n');
    expect(page.filter((line) => line.startsWith('|'))).toEqual([
      '| shard | port | forwarder port | target | leads to | clients dial | change |',
      '| --- | ---: | ---: | --- | --- | --- | --- |',
      '| s1 | 443 |  | `erp` | `erp.corp.acme.com:5432` | `erp.corp.acme.com` |  |',
      '| s2 | 443 | 61100 | `stock` | `stock.corp.acme.com:5432` | `stock.corp.acme.com` |  |',
      '| s2 | 444 |  | `old` | disabled: refused |  |  |',
    ]);
  });

  it('says one pool, one zone, none, and one rule for all ports as they are', () => {
    expect(head([ONE], { zones: ['2'], engine: 'nftables', egress: { kind: 'none' } })[1]).toBe(
      '  forwarder: nftables on 2 × Standard_D2s_v5, zone 2, egress: none; a rule for each target; accelerated networking on',
    );
    const base = azureRouter([ONE]);
    const mirror = { kind: 'mirror', mirror: 'https://apt.corp.example/ubuntu' } as const;
    const azure = {
      ...base.azure,
      loadBalancing: 'ha-ports' as const,
      forwarder: { ...base.azure.forwarder, zones: [], egress: mirror },
    };
    expect(head([ONE], {}, { azure })[1]).toBe(
      '  forwarder: haproxy on 2 × Standard_D2s_v5, no zones, egress: mirror; one rule for all ports; accelerated networking on',
    );
  });

  it('says where accelerated networking is on, and that Azure brings new images', () => {
    const base = azureRouter([ONE, TWO]);
    const told = (on: readonly string[]): string =>
      head(
        [ONE, TWO],
        {},
        { pools: base.pools.map((pool) => ({ ...pool, acceleratedNetworking: on.includes(pool.key) })) },
      )[1] ?? '';
    expect(told([])).toContain('; accelerated networking off');
    expect(told(['p2'])).toContain('; accelerated networking on in p2 alone');
    expect(head([ONE], { imageUpgrades: true })[1]).toContain('egress: nat, image upgrades by Azure;');
  });

  it.each(Object.keys(ENGINES) as Engine[])('tells in one line everything that %s cannot do', (engine) => {
    const { capabilities } = ENGINES[engine];
    const names = Object.keys(capabilities) as (keyof typeof capabilities)[];
    const lacks = names.filter((name) => !capabilities[name]).map((name) => CAPABILITIES[name].short);
    expect(lacks.length).toBeGreaterThan(0);
    const told = head([ONE], { engine }).filter((line) => line.includes(' lacks '));
    expect(told).toEqual([`  ${engine} lacks ${lacks.join(', ')} (docs/engines.md)`]);
  });

  it('has no forwarder where everything is taken away', () => {
    const text = renderPlan(plan(azureRouter([], {}, { teardown: 'destroy' })), [], PLAIN);
    expect(text).toContain('azure eastus2 · ncc analytics-ncc · teardown: destroy');
    expect(text).not.toContain('forwarder');
  });

  it('keeps its text with colours', () => {
    const decided = plan(azureRouter([ONE], { engine: 'nginx' }));
    const coloured = renderPlan(decided, [], makeStyle({ color: true }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken out
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderPlan(decided, [], PLAIN));
  });

  it('stands beside one of AWS', () => {
    const both = plan(
      azureRouter([ONE]),
      router([shard(1, [listener('crm', 10000)])], { name: 'other', deployment: 'other' }),
    );
    const text = renderPlan(both, [], PLAIN);
    expect(text).toContain('analytics azure eastus2');
    expect(text).toContain('other aws us-east-2');
    expect(sizeLine(both)).toBe('2 routers, 3 targets: 3 listeners on 2 shards');
    expect(connections(both).map((one) => `${one.router} ${one.target} ${one.shard} ${one.listenerPort}`)).toEqual([
      'analytics erp analytics-1 10000',
      'analytics orders-db analytics-1 10001',
      'other crm analytics-1 10000',
    ]);
  });
});

describe('what to run after synth, on Azure', () => {
  const STACK = { router: 'analytics', folder: 'cdktf.out/stacks/analytics' };

  it('needs somebody of the subscription, and may need a second apply to approve', () => {
    const text = renderNextSteps(plan(azureRouter([ONE])), [STACK], PLAIN);
    expect(text).toContain(
      'Azure: `az login`, or ARM_… variables, of somebody who may make networks and machines in rg-plr',
    );
    expect(text).toContain('of subscription 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940\n');
    expect(text).toContain('the next apply approves it');
    expect(text).toContain('export DATABRICKS_TF_ENABLED_PF_RESOURCES=');
    expect(text).not.toContain('AWS');
  });

  it('names the tenant where it is given', () => {
    const base = azureRouter([ONE]);
    const azure = { ...base.azure, tenantId: '5b0e7d2c-91f4-4a36-8c0d-7e6f2a1b3c4d' };
    expect(renderNextSteps(plan({ ...base, azure }), [STACK], PLAIN)).toContain(
      '(tenant 5b0e7d2c-91f4-4a36-8c0d-7e6f2a1b3c4d)',
    );
  });

  it('is a command of a person where approval is manual, and nothing of it where everything goes', () => {
    const manual = renderNextSteps(plan(azureRouter([ONE], {}, { approval: 'manual' })), [STACK], PLAIN);
    expect(manual).toContain('run the command in the output of the stack to approve each endpoint');
    expect(manual).not.toContain('export');
    const gone = renderNextSteps(plan(azureRouter([], {}, { teardown: 'destroy' })), [STACK], PLAIN);
    expect(gone).not.toContain('approved by the next one');
  });
});
