import { describe, expect, it } from 'vitest';
import type { PlannedAwsRouter } from '../../src/model';
import { planned } from './support/pipeline';
import { addresses, at, has, type Tree, terraformOf } from './support/synthesized';

// The router that this project grew out of had nineteen defects. Each has its test here that ours does not have it.

const TARGETS = `mysql:     { host: db.corp.example.com, port: 3306 }
postgres:  { host: db.corp.example.com, port: 5432 }
billing:   { host: billing.corp.example.com, port: 1433 }
remote:    { host: 10.99.4.7, port: 1521, domain: remote.corp.example.com }
reporting: { host: reporting.corp.example.com, port: 5432 }`;

function routerOf(targets: string, keys = '', lock?: Parameters<typeof planned>[2]): PlannedAwsRouter {
  const { router, said, errors } = planned(targets, keys, lock);
  if (router === undefined || errors > 0) throw new Error(said.join('\n'));
  if (router.cloud !== 'aws') throw new Error('this is a router of another cloud');
  return router;
}

const portsOf = (router: PlannedAwsRouter): Record<string, number> =>
  Object.fromEntries(
    router.shards.flatMap((shard) => shard.listeners.map(({ port, backends: [{ target }] }) => [target, port])),
  );

const router = routerOf(TARGETS);
const tree = terraformOf(router);
const resource = (type: string, name: string): Tree => at(tree, 'resource', type, name);

/** Every local, resource and data source that the configuration names anywhere in its blocks. */
function references(configuration: Tree): Set<string> {
  const { '//': _mark, terraform: _settings, ...blocks } = configuration;
  const named = JSON.stringify(blocks).matchAll(/\b(?:local\.\w+|data\.\w+\.\w+|(?:aws|databricks)_\w+\.\w+)/g);
  return new Set([...named].map(([name]) => name));
}

describe('defects of the router article that ours does not have', () => {
  it('1: the configuration parses, since it is JSON of a serialiser', () => {
    expect(() => JSON.parse(JSON.stringify(tree))).not.toThrow();
    expect(Object.keys(at(tree, 'locals')).length).toBeGreaterThan(5);
  });

  it('2: nothing is declared twice', () => {
    const all = addresses(tree);
    expect(new Set(all).size).toBe(all.length);
    const looked = all.filter((address) => address.startsWith('data.dns_a_record_set'));
    expect(looked).toEqual(['data.dns_a_record_set.s1_address']);
  });

  it('3: a listener port is no position: removing the first target moves no other', () => {
    const first = planned(TARGETS);
    const before = portsOf(routerOf(TARGETS));
    const rest = TARGETS.split('\n').slice(1).join('\n');
    const { mysql: gone, ...kept } = before;
    const after = routerOf(rest, '', first.lock);
    expect(portsOf(after)).toEqual(kept);
    expect(Object.values(portsOf(after))).not.toContain(gone);
  });

  it('4: one host on two ports is two targets', () => {
    const targets = at(tree, 'locals', 's1_targets');
    expect(at(targets, 'mysql')).toMatchObject({ host: 'db.corp.example.com', port: 3306 });
    expect(at(targets, 'postgres')).toMatchObject({ host: 'db.corp.example.com', port: 5432 });
    expect(at(targets, 'mysql').target_group_name).not.toBe(at(targets, 'postgres').target_group_name);
    expect(at(targets, 'mysql').listener_port).not.toBe(at(targets, 'postgres').listener_port);
  });

  it('5: the base port is honoured', () => {
    const ports = Object.values(portsOf(routerOf(TARGETS, '    basePort: 23000\n')));
    expect(ports.sort()).toEqual([23000, 23001, 23002, 23003, 23004]);
  });

  it('6: a target group keeps a readable name, up to 32 characters, that ends in a hash', () => {
    const long = 'a-quite-long-name-of-a-database-in-production: { host: db.corp.example.com, port: 5432 }';
    const [backend] = routerOf(long).shards.flatMap((shard) => shard.listeners.flatMap(({ backends }) => backends));
    expect(backend?.targetGroupName).toMatch(/^a-quite-long-name-of-a.*-[0-9a-f]{8}$/);
    expect(backend?.targetGroupName.length).toBeLessThanOrEqual(32);
    expect(resource('aws_lb_target_group', 's1_target')).not.toHaveProperty('name_prefix');
  });

  it('7: every reference leads to something that is declared, and tags and health checks are used', () => {
    const declared = new Set([...addresses(tree), ...Object.keys(at(tree, 'locals')).map((name) => `local.${name}`)]);
    const missing = [...references(tree)].filter((name) => !declared.has(name));
    expect(references(tree).size).toBeGreaterThan(15);
    expect(missing).toEqual([]);
    expect(at(resource('aws_lb_target_group', 's1_target'), 'health_check').protocol).toBe(
      '${each.value.health_check.protocol}',
    );
    for (const name of ['mysql', 'remote']) {
      expect(at(tree, 'locals', 's1_targets', name, 'health_check').protocol).toBe('TCP');
    }
    expect(at(terraformOf(routerOf(TARGETS, '    tags: { team: data }\n')), 'locals', 'tags').team).toBe('data');
  });

  it('8: an address outside the VPC is attached for all zones', () => {
    expect(resource('aws_lb_target_group_attachment', 's1_address').availability_zone).toBe(
      '${each.value.network == null ? "all" : null}',
    );
    expect(at<string>(tree, 'locals', 's1_attachments')).toContain('local.vpc_cidrs');
    expect(at<string>(tree, 'locals', 'vpc_cidrs')).toContain('cidr_block_associations');
  });

  it('9: load balancing crosses zones', () => {
    expect(resource('aws_lb', 's1').enable_cross_zone_load_balancing).toBe(true);
  });

  it('10: enforcement on PrivateLink traffic is off, so that no inbound rule can be too narrow', () => {
    expect(resource('aws_lb', 's1').enforce_security_group_inbound_rules_on_private_link_traffic).toBe('off');
    expect(has(tree, 'resource', 'aws_vpc_security_group_ingress_rule')).toBe(false);
  });

  it('11: egress goes to each target’s port and network, whatever private range that is', () => {
    const egress = resource('aws_vpc_security_group_egress_rule', 's1_egress');
    expect(egress.ip_protocol).toBe('tcp');
    expect(egress.cidr_ipv4).toBe('${each.value.cidr}');
    expect(at<string>(tree, 'locals', 's1_egress')).toContain('local.s1_attachments');
    expect(JSON.stringify(tree)).not.toMatch(/"(10\.0\.0\.0\/8|0\.0\.0\.0\/0|-1)"/);
  });

  it('12: the protocol is not free: listeners and groups are TCP, and another route is refused', () => {
    expect(resource('aws_lb_listener', 's1_listener').protocol).toBe('TCP');
    expect(resource('aws_lb_target_group', 's1_target').protocol).toBe('TCP');
    for (const key of ['protocol: TLS', 'protocol: UDP', 'route: sni']) {
      const { said, errors } = planned(`a: { host: a.corp.example.com, port: 443, ${key} }`);
      expect([key, errors]).toEqual([key, 1]);
      expect(said.join()).toMatch(/protocol|sni/);
    }
  });

  it('13: the principal follows region and partition', () => {
    const principal = (aws: PlannedAwsRouter['aws'], arn: string): unknown =>
      at(terraformOf({ ...router, aws, principal: arn }), 'resource', 'aws_vpc_endpoint_service', 's1')
        .allowed_principals;
    expect(router.principal).toBe('arn:aws:iam::565502421330:role/private-connectivity-role-us-east-2');
    const elsewhere = 'arn:aws-us-gov:iam::347034940029:role/private-connectivity-role-us-gov-west-1';
    expect(principal(router.aws, elsewhere)).toEqual([elsewhere]);
    expect(JSON.stringify(terraformOf({ ...router, principal: elsewhere }))).not.toContain('565502421330');
  });

  it('14: a look-up that fails or finds no IPv4 address is told with the way out, and other modes need none', () => {
    const checks = at<{ error_message: string }[]>(
      tree,
      'data',
      'dns_a_record_set',
      's1_address',
      'lifecycle',
      'postcondition',
    );
    expect(checks.map((check) => check.error_message).join('\n')).toMatch(/AAAA.*dns: synth.*-refresh=false/s);
    const fixed = terraformOf(routerOf('a: { host: 10.1.2.3, port: 5432, domain: a.corp.example.com }'));
    expect(has(fixed, 'data', 'dns_a_record_set')).toBe(false);
  });

  it('15: the target type is ip, and no key changes it', () => {
    expect(resource('aws_lb_target_group', 's1_target').target_type).toBe('ip');
    expect(planned('a: { host: a.corp.example.com, port: 443, targetType: instance }').errors).toBe(1);
  });

  it('16: public addresses are refused, given or resolved', () => {
    expect(planned('a: { host: 8.8.8.8, port: 443, domain: a.corp.example.com }').errors).toBe(1);
    const checks = at<{ condition: string }[]>(
      tree,
      'data',
      'dns_a_record_set',
      's1_address',
      'lifecycle',
      'postcondition',
    );
    expect(checks[1]?.condition).toContain('192[.]168');
  });

  it('17: what may be replaced is created before the old one is destroyed', () => {
    for (const [type, name] of [
      ['aws_lb', 's1'],
      ['aws_lb_target_group', 's1_target'],
      ['aws_security_group', 's1_load_balancer'],
    ] as const) {
      expect(at(resource(type, name), 'lifecycle').create_before_destroy).toBe(true);
    }
    const other = routerOf(TARGETS.replace('port: 3306', 'port: 3307'));
    const name = (of: PlannedAwsRouter): string =>
      at<string>(terraformOf(of), 'locals', 's1_targets', 'mysql', 'target_group_name');
    expect(name(other)).not.toBe(name(router));
  });

  it('18: listeners per load balancer, names, characters and ports are checked', () => {
    const many = (count: number): string =>
      Array.from({ length: count }, (_, i) => `t${i}: { host: h${i}.corp.example.com, port: 5432 }`).join('\n');
    const shared = '    domains: { shared: router.corp.example.com }\n';
    expect(routerOf(many(50), shared).shards.map((shard) => shard.listeners.length)).toEqual([50]);
    expect(planned(many(51), shared)).toMatchObject({
      errors: 1,
      said: expect.arrayContaining([expect.stringMatching(/50/)]),
    });
    expect(routerOf(many(51)).shards.map((shard) => shard.domains.length)).toEqual([10, 10, 10, 10, 10, 1]);
    for (const bad of [
      'Upper_Case: { host: a.corp.example.com, port: 5432 }',
      'a: { host: "a b.corp.example.com", port: 5432 }',
      'a: { host: a.corp.example.com, port: 70000 }',
      'a: { host: a.corp.example.com, port: 5432, listenPort: 0 }',
    ]) {
      expect([bad, planned(bad).errors]).toEqual([bad, 1]);
    }
  });

  it('19: NCC, rule, binding, acceptance, outputs and version ranges are there', () => {
    expect(addresses(tree)).toEqual(
      expect.arrayContaining([
        'aws_vpc_endpoint_connection_accepter.s1',
        'databricks_mws_ncc_binding.workspace',
        'databricks_mws_ncc_private_endpoint_rule.s1',
        'databricks_mws_network_connectivity_config.ncc',
      ]),
    );
    expect(Object.keys(at(tree, 'output')).length).toBeGreaterThan(5);
    for (const { version } of Object.values(
      at<Record<string, { version: string }>>(tree, 'terraform', 'required_providers'),
    )) {
      expect(version).toMatch(/^>= [\d.]+, < \d+$/);
    }
  });
});
