import { describe, expect, it } from 'vitest';
import {
  connectionsOf,
  type Flow,
  flowsOf,
  foreignGroupAdmissions,
  type Hop,
  targetGroupAdmissions,
} from '../../src/flows';
import type { AzurePlace, Forwarder, PlannedRouter } from '../../src/model';
import { azureListener, azureRouter, azureShard, placeWith } from '../constructs/support/azure-plans';
import { listener, router, shard, TCP_CHECK } from '../constructs/support/plans';

/** `from > to:port/protocol by who admits` of each hop, short enough to read. */
const steps = ({ hops }: Flow): readonly string[] =>
  hops.map(({ from, to, port, protocol, admittedBy }: Hop) => {
    const by = admittedBy.map((one) => ('rule' in one ? one.rule : one.kind)).join(' + ');
    return `${from.kind} > ${to.kind}:${port}/${protocol} by ${by}`;
  });

const flowsFor = (of: PlannedRouter, kind: Flow['purpose']['kind']): readonly Flow[] =>
  flowsOf(of).filter(({ purpose }) => purpose.kind === kind);

const stepsFor = (of: PlannedRouter, kind: Flow['purpose']['kind']): readonly string[] =>
  flowsFor(of, kind).flatMap(steps);

const CLIENTS_TO_ENDPOINT =
  'clients > private-endpoint:10000/tcp by workspace-binding + network-policy + private-endpoint-rule';

describe('a target of AWS', () => {
  it('is reached over endpoint, service and load balancer, which alone are asked who comes', () => {
    const one = router([shard(1, [listener('orders-db', 10000)])]);
    expect(stepsFor(one, 'connection')).toEqual([
      CLIENTS_TO_ENDPOINT,
      'private-endpoint > endpoint-service:10000/tcp by allowed-consumers + endpoint-approval',
      'endpoint-service > load-balancer:10000/tcp by listener',
      'load-balancer > target:5432/tcp by load-balancer-security-group + target-firewall',
    ]);
    expect(stepsFor(one, 'health-check')).toEqual([
      'load-balancer > target:5432/tcp by load-balancer-security-group + target-firewall',
    ]);
  });

  it('names who allows, approves, owns, encrypts and pays', () => {
    const manual = router([shard(1, [listener('a', 10000, { healthCheck: { ...TCP_CHECK, protocol: 'HTTPS' } })])], {
      approval: 'manual',
      ncc: { id: '0e9a1c8f-0000-4000-8000-5a0c7d9e1f23', workspaceIds: [] },
    });
    const [connection, check] = flowsOf(manual);
    expect(connection?.hops.map(({ owner, payer }) => [owner, payer])).toEqual([
      ['databricks', 'databricks-account'],
      ['router', 'nobody'],
      ['router', 'router-account'],
      ['target', 'router-account'],
    ]);
    expect(connection?.hops[0].admittedBy).toEqual([
      { kind: 'workspace-binding', ncc: '0e9a1c8f-0000-4000-8000-5a0c7d9e1f23' },
      { kind: 'network-policy', domains: ['a.corp.example'] },
      { kind: 'private-endpoint-rule', shard: 's1', domains: ['a.corp.example'] },
    ]);
    expect(connection?.hops[1]?.admittedBy).toEqual([
      { kind: 'allowed-consumers', consumers: [manual.principal] },
      { kind: 'endpoint-approval', shard: 's1', by: 'manual' },
    ]);
    expect(new Set(connection?.hops.map(({ encryptedBy }) => encryptedBy))).toEqual(new Set(['client-and-target']));
    expect(check?.hops[0].encryptedBy).toBe('sender');
  });

  it('knows an NCC that is looked up by its name', () => {
    const ncc = { existing: 'shared-use2', router: 'orders', workspaceIds: [] };
    const [connection] = flowsOf(router([shard(1, [listener('a', 10000)])], { ncc }));
    expect(connection?.hops[0].admittedBy[0]).toEqual({ kind: 'workspace-binding', ncc: 'shared-use2' });
  });

  it('is admitted by its own groups, those of other accounts included, with the port of its check', () => {
    const group = 'sg-0a1b2c3d4e5f60718';
    const far = { accountId: '210987654321', id: 'sg-0b1c2d3e4f5061728' };
    const groups = { securityGroupIds: [group], foreignSecurityGroups: [far] };
    const one = router([
      shard(1, [
        listener('a', 10000, groups),
        listener('b', 10001, { ...groups, healthCheck: { ...TCP_CHECK, port: 8008 } }),
      ]),
      shard(2, [listener('c', 10002, { foreignSecurityGroups: [far], port: 1521 })]),
    ]);
    expect(flowsFor(one, 'connection')[0]?.hops.at(-1)?.admittedBy).toEqual([
      { kind: 'load-balancer-security-group', shard: 's1' },
      { kind: 'target-security-group', id: group },
      { kind: 'target-security-group', ...far },
    ]);
    expect(targetGroupAdmissions(one)).toEqual([5432, 8008].map((port) => ({ securityGroupId: group, port })));
    expect(foreignGroupAdmissions(one)).toEqual([
      { accountId: far.accountId, securityGroupId: far.id, ports: [1521, 5432, 8008] },
    ]);
  });

  it('has a domain of its own or a shared one, which is what its rule and the policy have to name', () => {
    const shared = router([
      shard(1, [
        listener('a', 10000, { domain: 'db.corp.example' }),
        listener('b', 10001, { domain: 'db.corp.example' }),
      ]),
    ]);
    expect(flowsFor(shared, 'connection').map(({ purpose }) => purpose)).toEqual(
      ['a', 'b'].map((target) => ({ kind: 'connection', target, domains: ['db.corp.example'], shard: 's1' })),
    );
  });
});

describe('a target of several hosts and names', () => {
  const one = azureListener('proxy', 443);
  const [backend] = one.backends;
  const hosts = [...backend.hosts, { name: '10.1.2.3', literal: true }] as const;
  const domains = ['api1.corp.example', 'api2.corp.example'] as const;
  const both = azureRouter([azureShard(1, [{ ...one, backends: [{ ...backend, hosts, domains }] }])]);

  it('has a flow for each host, and its names at every step that asks for them', () => {
    const flows = flowsFor(both, 'connection');
    expect(flows.map(({ hops }) => hops.at(-1)?.to)).toMatchObject(hosts.map(({ name: host }) => ({ host })));
    expect(flows.map(({ purpose }) => purpose)).toMatchObject([{ domains }, { domains }]);
    expect(flows[0]?.hops[0].admittedBy).toContainEqual({ kind: 'private-endpoint-rule', shard: 's1', domains });
  });

  it('is a row of connections for each name, with all hosts', () => {
    const row = { target: 'proxy', host: 'proxy.corp.example, 10.1.2.3', listenerPort: 443 };
    expect(connectionsOf(both)).toMatchObject(domains.map((domain) => ({ ...row, domain })));
  });
});

describe('a target of Azure', () => {
  const withPlace = (forwarder: Partial<Forwarder> = {}, change: Partial<AzurePlace> = {}) =>
    azureRouter([azureShard(1, [azureListener('erp', 10000, { port: 1521 })])], {
      azure: placeWith(forwarder, change),
    });

  it('is reached over endpoint, service, load balancer and forwarders', () => {
    const one = withPlace();
    expect(stepsFor(one, 'connection')).toEqual([
      CLIENTS_TO_ENDPOINT,
      'private-endpoint > private-link-service:10000/tcp by allowed-consumers + endpoint-approval',
      'private-link-service > load-balancer:10000/tcp by load-balancing-rule',
      'load-balancer > forwarders:10000/tcp by clients',
      'forwarders > target:1521/tcp by targets + target-firewall',
    ]);
    expect(stepsFor(one, 'health-check')).toEqual(['forwarders > target:1521/tcp by targets + target-firewall']);
  });

  it('is dialled on the forwarders’ own port behind the load balancer, where another shard has its port', () => {
    const one = azureRouter([azureShard(1, [{ ...azureListener('erp', 10000), forwarderPort: 61100 }])]);
    expect(stepsFor(one, 'connection')).toEqual([
      CLIENTS_TO_ENDPOINT,
      'private-endpoint > private-link-service:10000/tcp by allowed-consumers + endpoint-approval',
      'private-link-service > load-balancer:10000/tcp by load-balancing-rule',
      'load-balancer > forwarders:61100/tcp by clients',
      'forwarders > target:5432/tcp by targets + target-firewall',
    ]);
    expect(connectionsOf(one)).toMatchObject([{ target: 'erp', listenerPort: 10000 }]);
  });

  it('is let out to by its address where it is one', () => {
    const literal = azureListener('plc', 10000, { host: '10.1.2.3', literal: true });
    expect(stepsFor(azureRouter([azureShard(1, [literal])]), 'connection').at(-1)).toBe(
      'forwarders > target:5432/tcp by addresses + target-firewall',
    );
  });

  it('is checked only by an engine that does, and where checks are wanted', () => {
    expect(flowsFor(withPlace({ engine: 'nginx' }), 'health-check')).toEqual([]);
    const healthCheck = { ...TCP_CHECK, protocol: 'none' } as const;
    const unchecked = azureRouter([azureShard(1, [azureListener('erp', 10000, { healthCheck })])]);
    expect(flowsFor(unchecked, 'health-check')).toEqual([]);
  });

  it('shares one load-balancing rule and the probe of the scale set with ha-ports', () => {
    const one = withPlace({}, { loadBalancing: 'ha-ports' });
    expect(flowsFor(one, 'connection')[0]?.hops[2]?.admittedBy).toEqual([
      { kind: 'load-balancing-rule', pool: 'p1', ports: 'all' },
    ]);
    expect(stepsFor(one, 'probe')).toEqual(['probes > forwarders:61080/tcp by probes']);
    expect(stepsFor(withPlace(), 'probe')).toEqual([
      'probes > forwarders:61080/tcp by probes',
      'probes > forwarders:61081/tcp by probes',
    ]);
  });
});

describe('the machines of a pool', () => {
  const machines = (forwarder: Partial<Forwarder>, change: Partial<Parameters<typeof azureRouter>[1]> = {}) =>
    azureRouter([azureShard(1, [])], { azure: placeWith(forwarder), ...change });

  it.each([
    [
      { kind: 'nat' },
      [
        'forwarders > nat-gateway:80/tcp by packages',
        'nat-gateway > package-archives:80/tcp by unguarded',
        'forwarders > nat-gateway:443/tcp by packages',
        'nat-gateway > package-archives:443/tcp by unguarded',
      ],
    ],
    [
      { kind: 'mirror', mirror: 'https://apt.corp.example:8443/ubuntu' },
      ['forwarders > package-mirror:8443/tcp by mirror'],
    ],
    [{ kind: 'mirror', mirror: 'http://10.0.5.5/ubuntu' }, ['forwarders > package-mirror:80/tcp by mirror']],
    [{ kind: 'mirror', mirror: 'https://apt.corp.example' }, ['forwarders > package-mirror:443/tcp by mirror']],
    [{ kind: 'image' }, []],
    [{ kind: 'none' }, []],
  ] as const)('have their packages by %j', (egress, expected) => {
    expect(stepsFor(machines({ egress }), 'packages')).toEqual(expected);
  });

  it('admit people and scrapers from the networks that are named, and nobody where none is', () => {
    const ssh = { publicKey: 'ssh-ed25519 AAAA', from: ['10.1.0.0/24', '10.2.0.0/24'] };
    const open = machines({ ssh, metrics: { from: ['10.0.8.0/24'] } });
    expect(stepsFor(open, 'login')).toEqual(['networks > forwarders:22/tcp by ssh']);
    expect(flowsFor(open, 'login')[0]?.hops[0]).toMatchObject({
      from: { kind: 'networks', cidrs: ssh.from },
      encryptedBy: 'ssh',
    });
    expect(stepsFor(open, 'metrics')).toEqual(['networks > forwarders:61090/tcp by metrics']);
    const shut = machines({ ssh: { ...ssh, from: [] } });
    expect([...stepsFor(shut, 'login'), ...stepsFor(shut, 'metrics')]).toEqual([]);
  });

  it('ask name servers over UDP and TCP: those given at their port, and those that a network has', () => {
    const both = (hop: string, rule: string): readonly string[] =>
      ['udp', 'tcp'].map((protocol) => `forwarders > ${hop}/${protocol} by ${rule}`);
    const given = machines({}, { resolvers: ['10.0.0.53', '10.0.0.54:5353'] });
    expect(stepsFor(given, 'name-lookup')).toEqual([
      ...both('name-server:53', 'resolvers'),
      ...both('name-server:5353', 'resolvers'),
      ...both('name-servers:53', 'unguarded'),
      ...both('name-servers:53', 'dns-network'),
      ...both('name-servers:53', 'dns-private'),
      ...both('name-servers:53', 'dns-servers'),
    ]);
    const own = machines({}, { azure: placeWith({}, { network: { addressSpace: '10.80.0.0/24' } }) });
    expect(stepsFor(own, 'name-lookup').join()).not.toContain('dns-servers');
  });

  it('speak to Azure’s public addresses on request alone, and to the metadata service always', () => {
    expect(stepsFor(machines({}), 'run-command')).toEqual([]);
    expect(stepsFor(machines({ runCommand: true }), 'run-command')).toEqual([
      'forwarders > cloud-services:443/tcp by run-command',
    ]);
    expect(stepsFor(machines({}), 'metadata')).toEqual(['forwarders > metadata-service:80/tcp by unguarded']);
  });

  it('are told of pool by pool, in the pools’ order', () => {
    const two = azureRouter([azureShard(1, []), azureShard(2, [], { pool: 'p2' })]);
    expect(flowsFor(two, 'metadata').map(({ purpose }) => purpose)).toEqual([
      { kind: 'metadata', pool: 'p1' },
      { kind: 'metadata', pool: 'p2' },
    ]);
  });
});
