import { beforeAll, describe, expect, it } from 'vitest';
import { MODULES } from '../../src/modules';
import { describeWith } from '../terraform/support/gate';
import { type Answers, type Arguments, answersTo, Raw } from './support/calls';

const VPC = 'vpc-0a1b2c3d4e5f60718';

/** A call of the module with nothing wrong; a mistake is laid over it. */
const FINE: Arguments = {
  name: 'analytics',
  region: 'us-east-2',
  vpc_id: VPC,
  subnet_ids: ['subnet-0a1b2c3d4e5f60718'],
  approval: 'manual',
  targets: [
    { name: 'orders-db', host: '10.40.7.12', preset: 'postgres', domain: 'orders.acme-data.com' },
    { name: 'ledger', host: '10.40.7.30', port: 1521, domain: 'ledger.acme-data.com' },
  ],
};

const ORDERS = { name: 'orders-db', host: '10.40.7.12', preset: 'postgres', domain: 'orders.acme-data.com' };

/** The second of two targets, with a mistake: of these two the first is always fine. */
function second(mistake: Readonly<Record<string, unknown>>): Arguments {
  return {
    targets: [ORDERS, { name: 'ledger', host: '10.40.7.30', port: 1521, domain: 'ledger.acme-data.com', ...mistake }],
  };
}

const host = (name: string): Arguments => second({ host: name });

function many(count: number, more: (index: number) => Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `t${i}`,
    host: `10.40.${Math.floor(i / 200)}.${i % 200}`,
    port: 5432,
    ...more(i),
  }));
}

const LOOP = 'plr-analytics-1-0123abcd-0123456789abcdef.elb.us-east-2.amazonaws.com';

/** What people write, and all the words of the answer that matter: the place, what we got, what is allowed or to do. */
const MISTAKES: Readonly<Record<string, readonly [Arguments, RegExp]>> = {
  // The router itself.
  name_upper_case: [{ name: 'Analytics' }, /name is "Analytics"; lower-case letters, digits and hyphens are allowed/],
  name_too_long: [{ name: `a${'b'.repeat(63)}` }, /at most 63 characters\. Rename the router/],
  region_display_name: [{ region: 'Ohio' }, /region is "Ohio", which is not the name of a region.*us-east-2/],
  region_unknown: [
    { region: 'us-east-9' },
    /"us-east-9", which is not a region that Databricks.*regions = \["us-east-9"\]/,
  ],
  region_of_another_partition: [
    { region: 'cn-north-1', limits: { regions: ['cn-north-1'] } },
    /region is "cn-north-1", in a partition of AWS.*limits\.regions does not change this/,
  ],
  region_of_the_sovereign_cloud: [{ region: 'eusc-de-east-1' }, /region is "eusc-de-east-1", in a partition of AWS/],
  region_of_no_partition: [
    { region: 'us-isog-east-1', limits: { regions: ['us-isog-east-1'] } },
    /region is "us-isog-east-1", in a partition of AWS/,
  ],
  region_of_govcloud_without_a_role: [
    { region: 'us-gov-east-1', govcloud: 'dod', limits: { regions: ['us-gov-east-1'] } },
    /region is "us-gov-east-1", in a partition of AWS or a part of one/,
  ],
  region_of_another_provider: [{ region: 'eu-west-1' }, /works in us-east-2, and region is eu-west-1/],
  govcloud_word: [{ govcloud: 'military' }, /govcloud is "military"; civilian or dod is expected/],
  govcloud_elsewhere: [{ govcloud: 'dod' }, /us-east-2 is not a region of GovCloud\. Remove govcloud/],
  govcloud_missing: [
    { region: 'us-gov-west-1' },
    /us-gov-west-1 has two Databricks; which one is not stated\. Add govcloud/,
  ],
  vpc_name: [{ vpc_id: 'my-vpc' }, /vpc_id is "my-vpc", which is not the id of a VPC: vpc- and 8 or 17/],
  subnets_none: [{ subnet_ids: [] }, /subnet_ids is empty\. Name a subnet in each/],
  subnet_twice: [
    { subnet_ids: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60718'] },
    /subnet_ids\[1\] is "subnet-0a1b2c3d4e5f60718" again/,
  ],
  subnet_arn: [
    { subnet_ids: ['arn:aws:ec2:us-east-2:1:subnet/x'] },
    /subnet_ids\[0\] is "arn.*which is not the id of a subnet/,
  ],
  subnet_of_another_vpc: [
    { vpc_id: 'vpc-00000000000000001' },
    /lies in vpc-0a1b2c3d4e5f60718, not in the router's VPC vpc-0+1: correct vpc_id or subnet_ids\./,
  ],
  subnets_in_one_zone: [
    { subnet_ids: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'] },
    /Two of the subnets lie in one availability zone \(us-east-2a, us-east-2a\).*Leave one of them out of subnet_ids/,
  ],
  approval_word: [{ approval: 'auto' }, /approval is "auto"; terraform or manual is expected/],
  endpoint_missing: [
    { approval: 'terraform' },
    /private_endpoint_id is null, and approval is "terraform"\. Give it the private_endpoint_id/,
  ],
  endpoint_name: [
    { approval: 'terraform', private_endpoint_id: 'my-endpoint' },
    /private_endpoint_id is "my-endpoint"/,
  ],
  base_port_zero: [{ base_port: 0 }, /base_port is 0; a whole number from 1 to 65535/],
  base_port_high: [
    { base_port: 65535 },
    /targets\[1\] \(ledger\) would listen on 65536, which is base_port \(65535\) \+ its position.*Lower base_port/,
  ],
  idle_timeout_short: [{ idle_timeout: 30 }, /idle_timeout is 30; a whole number from 60 to 6000/],
  drain_long: [{ drain: 4000 }, /drain is 4000; a whole number from 0 to 3600/],
  deregistration_long: [{ deregistration_delay: 4000 }, /deregistration_delay is 4000; a whole number from 0 to 3600/],
  drain_by_both_names: [
    { drain: 10, deregistration_delay: 10 },
    /drain and deregistration_delay, the former name of drain, are both given\. Remove deregistration_delay\./,
  ],
  drain_of_a_target_by_both_names: [
    second({ drain: 10, deregistration_delay: 10 }),
    /targets\[1\] \(ledger\) has drain and deregistration_delay, the former name of drain\. Remove deregistration_delay\./,
  ],
  check_protocol: [{ health_check: { protocol: 'UDP' } }, /health_check\.protocol is "UDP"; TCP, HTTP or HTTPS/],
  check_path_on_tcp_of_all: [
    { health_check: { path: '/up' } },
    /: health_check\.path has a meaning only with protocol HTTP or HTTPS; this health check is TCP\. Add protocol = "HTTP"/,
  ],
  check_matcher_on_tcp_of_all: [
    { health_check: { protocol: 'TCP', matcher: '200' } },
    /health_check\.matcher has a meaning only with protocol HTTP or HTTPS/,
  ],
  check_timeout_of_all: [
    { health_check: { timeout: 20 } },
    /health_check has a timeout of 20 s, which is longer than the interval of 10 s/,
  ],
  tag_of_aws: [
    { tags: { 'aws:name': 'x' } },
    /tags has the key "aws:name"; AWS keeps keys that begin with aws: for itself/,
  ],
  tag_of_ours: [{ tags: { 'privatelink-router:router': 'x' } }, /are the router's own\. Choose another key/],
  tag_character: [{ tags: { team: 'a*b' } }, /tags\["team"\] is "a\*b", with characters that AWS does not take/],
  tag_long: [{ tags: { team: 'x'.repeat(257) } }, /tags\["team"\] has 257 characters; AWS allows at most 256/],
  tags_many: [
    { tags: Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`k${i}`, 'v'])) },
    /There are 45 tags; with the 6 of the router itself at most 44 are allowed/,
  ],
  limit_zero: [{ limits: { rules_per_security_group: 0 } }, /limits\.rules_per_security_group is 0/],
  rules_many: [
    { limits: { rules_per_security_group: 1 } },
    /need 2 outbound rules, .*holds 1\..*in limits = \{ rules_per_security_group = … \}, or give some targets to another call/,
  ],
  addresses_many: [{ limits: { targets_per_load_balancer: 1 } }, /have 2 addresses, and a load balancer .* holds 1\./],
  balancer_name_internal: [
    { load_balancer_name: 'internal-x' },
    /"internal-x"; AWS keeps the beginning internal- for itself/,
  ],
  balancer_name_long: [{ load_balancer_name: 'x'.repeat(33) }, /at most 32 letters, digits and hyphens/],
  group_name: [{ security_group_name: 'sg-mine' }, /security_group_name is "sg-mine".*no sg- at the beginning/],
  shared_address: [
    { domains: { shared: '10.0.0.1' } },
    /domains\.shared, "10\.0\.0\.1", is an address; Databricks registers names only/,
  ],

  // Targets, each by itself.
  target_name: [second({ name: 'Ledger_DB' }), /targets\[1\]\.name is "Ledger_DB"; a name has lower-case letters/],
  target_name_null: [second({ name: null }), /targets\[1\] has no name\. Give it one/],
  host_url: [
    host('https://db.acme-data.com/x'),
    /targets\[1\] \(ledger\)\.host, "https:.*", is a URL; a host is a name without a scheme/,
  ],
  host_credential: [
    host('postgres://app:hunter2@db.acme-data.com/x'),
    /\.host, \(a text that may hold a credential, not shown here\), is a URL/,
  ],
  host_jdbc: [host('jdbc:oracle:thin:@db'), /is a JDBC URL; a host is a name alone/],
  host_port: [host('db.acme-data.com:5432'), /"db\.acme-data\.com:5432", holds a port/],
  host_ipv6: [host('fd00::1'), /is an IPv6 address; a router reaches its targets over IPv4/],
  host_wildcard: [host('*.acme-data.com'), /is a wildcard; only exact names/],
  host_one_label: [host('database'), /has no dot/],
  host_network: [host('10.40.7.0/24'), /holds \/ or @; a host is a name alone/],
  host_public: [host('52.95.110.1'), /is a public address; targets are private: 10\.0\.0\.0\/8/],
  host_loopback: [host('127.0.0.1'), /is a loopback address, which no target has/],
  host_malformed: [host('10.40.7'), /is not an IPv4 address: four numbers/],
  host_null: [host(null as unknown as string), /targets\[1\] \(ledger\)\.host is null; a host is expected/],
  host_space: [host('db.acme-data.com '), /holds a space or an invisible character/],
  host_endpoint_service: [
    host('com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0'),
    /is an endpoint service, which nobody connects to by this name/,
  ],
  host_without_address: [
    second({ host: 'ghost.acme-data.com' }),
    /The host ghost\.acme-data\.com of target ledger has no IPv4 address.*set enabled = false, or give the target addresses/,
  ],
  host_resolves_public: [
    second({ host: 'public.acme-data.com' }),
    /host public\.acme-data\.com of target ledger resolves to 8\.8\.8\.8; a load balancer reaches private addresses only/,
  ],
  host_own_balancer: [
    second({ host: LOOP, addresses: ['10.40.7.30'] }),
    /targets\[1\] \(ledger\) has this router's own load balancer as its host/,
  ],
  host_underscore: [
    second({ host: 'db_1.acme-data.com', domain: null, addresses: ['10.40.7.30'] }),
    /host db_1\.acme-data\.com with an underscore.*Give the target a domain of its own/,
  ],
  domain_missing: [
    second({ domain: null }),
    /targets\[1\] \(ledger\) has the address 10\.40\.7\.30 as its host.*Add domain/,
  ],
  domain_address: [
    second({ domain: '10.1.1.1' }),
    /domain, "10\.1\.1\.1", is an address; Databricks registers names only/,
  ],
  domain_underscore: [second({ domain: 'db_1.acme-data.com' }), /domain, "db_1\.acme-data\.com", holds an underscore/],
  port_missing: [second({ port: null }), /targets\[1\] \(ledger\) has no port, and no preset that knows one/],
  port_range: [second({ port: 70000 }), /targets\[1\] \(ledger\)\.port is 70000; a whole number from 1 to 65535/],
  port_fraction: [second({ port: 1521.5 }), /port is 1521\.5; a whole number/],
  preset_unknown: [second({ preset: 'postgresql' }), /preset is "postgresql"; postgres, redshift, .* is expected/],
  listener_port_range: [second({ listener_port: 0 }), /listener_port is 0; a whole number from 1 to 65535/],
  target_idle_timeout: [
    second({ idle_timeout: 6001 }),
    /targets\[1\] \(ledger\)\.idle_timeout is 6001; a whole number from 60 to 6000/,
  ],
  check_interval: [
    second({ health_check: { interval: 4 } }),
    /health_check\.interval is 4; a whole number from 5 to 300/,
  ],
  check_threshold: [
    second({ health_check: { healthy_threshold: 11 } }),
    /healthy_threshold is 11; a whole number from 2 to 10/,
  ],
  check_matcher: [
    second({ health_check: { protocol: 'HTTP', matcher: '2xx' } }),
    /matcher, "2xx", is not a list of status codes from 200 to 599/,
  ],
  check_timeout: [
    second({ health_check: { interval: 10, timeout: 20 } }),
    /timeout of 20 s, longer than its interval of 10 s\. Set timeout to at most interval/,
  ],
  check_path_on_tcp: [
    second({ health_check: { path: '/up' } }),
    /has health_check\.path, which has a meaning only with protocol HTTP or HTTPS; its health check is TCP/,
  ],
  group_id: [
    second({ security_group_ids: ['databases'] }),
    /security_group_ids\[0\] is "databases", which is not the id of a security group/,
  ],
  group_of_a_short_account: [
    second({ security_group_ids: ['1234/sg-0a1b2c3d4e5f60718'] }),
    /security_group_ids\[0\] is "1234\/sg-0a1b2c3d4e5f60718", which is not the id.*after ACCOUNT\//,
  ],
  group_twice: [
    second({ security_group_ids: ['sg-0a1b2c3d4e5f60718', 'sg-0a1b2c3d4e5f60718'] }),
    /security_group_ids\[1\] is "sg-0a1b2c3d4e5f60718" again/,
  ],
  addresses_none: [second({ addresses: [] }), /targets\[1\] \(ledger\)\.addresses is empty/],
  addresses_name: [
    second({ addresses: ['10.40.7.1', 'db.acme-data.com'] }),
    /addresses\[1\], "db\.acme-data\.com", is not an IPv4 address; where an address belongs, no name can stand/,
  ],
  addresses_public: [second({ addresses: ['8.8.8.8'] }), /addresses\[0\], "8\.8\.8\.8", is a public address/],
  addresses_twice: [second({ addresses: ['10.40.7.1', '10.40.7.1'] }), /addresses\[1\] is "10\.40\.7\.1" again/],
  group_name_edge: [
    second({ target_group_name: '-x' }),
    /target_group_name is "-x"; at most 32 letters, digits and hyphens/,
  ],

  // Targets together.
  names_twice: [
    { targets: [ORDERS, { ...ORDERS, host: '10.40.7.13' }] },
    /targets\[0\] and targets\[1\] have both the name "orders-db"\. Rename one of the two/,
  ],
  ends_twice: [
    second({ host: '10.40.7.12', port: 5432 }),
    /targets\[1\] \(ledger\) leads to 10\.40\.7\.12:5432, as targets\[0\] \(orders-db\) does already/,
  ],
  ports_twice: [
    {
      targets: [
        { ...ORDERS, listener_port: 12000 },
        { name: 'b', host: '10.40.7.13', port: 1, domain: 'b.acme-data.com', listener_port: 12000 },
      ],
    },
    /targets\[0\] \(orders-db\) and targets\[1\] \(b\) ask both for the listener port 12000/,
  ],
  port_of_a_position: [
    second({ listener_port: 10000 }),
    /targets\[1\] \(ledger\) asks for the listener port 10000, which targets\[0\] \(orders-db\) has by its position: base_port \(10000\) \+ 0/,
  ],
  targets_many: [
    { domains: { shared: 'all.acme-data.com' }, targets: many(51, () => ({})) },
    /There are 51 targets; a load balancer has at most 50 listeners/,
  ],
  domains_many: [
    { targets: many(11, (i) => ({ domain: `d${i}.acme-data.com` })) },
    /The targets have 11 domains, and Databricks' private endpoint rule has at most 10/,
  ],
  rule_twice: [
    {
      targets: [
        { ...ORDERS, addresses: ['10.40.7.12'], health_check: { port: 8008 } },
        {
          name: 'b',
          host: '10.40.7.12',
          port: 6432,
          domain: 'b.acme-data.com',
          addresses: ['10.40.7.12'],
          health_check: { port: 8008 },
        },
      ],
    },
    /Two targets reach one address on one port: 10\.40\.7\.12\/32 port 8008\./,
  ],
};

/** What is right although it looks odd, or is not known while Terraform plans: nothing is said of it. */
const RIGHT: Readonly<Record<string, Arguments>> = {
  fine: {},
  fine_names_in_capitals: second({ domain: 'Ledger.Acme-Data.com.', name: 'l' }),
  fine_ten_domains: { targets: many(10, (i) => ({ domain: `d${i}.acme-data.com` })) },
  fine_fifty_targets: { domains: { shared: 'all.acme-data.com' }, targets: many(50, () => ({})) },
  fine_one_host_two_ports: second({ host: '10.40.7.12', port: 6432 }),
  fine_new_region: { region: 'us-east-2', limits: { regions: ['mx-central-1'] } },
  fine_one_subnet: { subnet_ids: ['subnet-0a1b2c3d4e5f60718'] },
  fine_no_target: { targets: [] },
  fine_check_of_all: { health_check: { protocol: 'HTTP', path: '/up', matcher: '200' } },
  fine_path_at_a_target: second({ health_check: { protocol: 'HTTPS', path: '/up' } }),
  fine_null: {
    targets: [
      {
        ...ORDERS,
        port: null,
        listener_port: null,
        health_check: null,
        security_group_ids: null,
        enabled: null,
        addresses: null,
      },
    ],
  },
  fine_template_in_a_tag: { tags: { note: 'a b' } },
  fine_unknown_host: {
    targets: new Raw(
      '[{ name = "orders-db", host = terraform_data.unknown.id, port = 5432, addresses = [terraform_data.unknown.id] }]',
    ),
  },
  fine_unknown_network: {
    vpc_id: new Raw('terraform_data.unknown.id'),
    subnet_ids: new Raw('[terraform_data.unknown.id]'),
    targets: [{ ...ORDERS, addresses: ['10.40.7.12'] }],
  },
};

/** The VPC of one call, in another region. */
function vpcIn(call: string, region: string): string {
  const arn = `arn:aws:ec2:${region}:123456789012:vpc/${VPC}`;
  return `override_data {
  target = module.${call}.data.aws_vpc.vpc
  values = { arn = "${arn}", cidr_block_associations = [] }
}`;
}

const MOCKS = `
mock_provider "aws" {
  mock_data "aws_vpc" {
    defaults = {
      arn                     = "arn:aws:ec2:us-east-2:123456789012:vpc/${VPC}"
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.40.0.0/16", state = "associated" }]
    }
  }
  mock_data "aws_subnet" {
    defaults = { vpc_id = "${VPC}", availability_zone = "us-east-2a", cidr_block = "10.40.1.0/24" }
  }
}
mock_provider "dns" {}
${vpcIn('region_unknown', 'us-east-9')}
${vpcIn('govcloud_missing', 'us-gov-west-1')}
override_data {
  target = module.host_resolves_public.data.dns_a_record_set.address
  values = { addrs = ["8.8.8.8"] }
}
override_data {
  target = module.host_without_address.data.dns_a_record_set.address
  values = { id = "ghost.acme-data.com", addrs = [] }
}
`;

const BESIDE = 'resource "terraform_data" "unknown" {}\n';

describeWith(['terraform', 'providers'], 'what is wrong with a call of the AWS module', () => {
  let answers: Answers;

  beforeAll(() => {
    const definition = MODULES.find(({ name }) => name === 'aws-privatelink-router');
    if (definition === undefined) throw new Error('there is no AWS module');
    const asked = (calls: Readonly<Record<string, Arguments>>): Answers =>
      answersTo({
        definition,
        calls: Object.fromEntries(Object.entries(calls).map(([name, given]) => [name, { ...FINE, ...given }])),
        providers: ['aws', 'dns'],
        mocks: MOCKS,
        beside: BESIDE,
      });
    const mistakes = Object.fromEntries(Object.entries(MISTAKES).map(([name, [given]]) => [name, given]));
    const alone = asked(mistakes);
    // What is wrong with a variable by itself ends a run before anything is planned.
    const silent = Object.keys(mistakes).filter((name) => alone.byCall[name]?.length === 0);
    const together = asked({ ...Object.fromEntries(silent.map((name) => [name, mistakes[name] ?? {}])), ...RIGHT });
    // Of a resource's conditions Terraform does not tell here which call they are of: the words do.
    const of = (name: string): readonly string[] =>
      together.others.filter((text) => MISTAKES[name]?.[1].test(text.replace(/\s+/g, ' ')));
    answers = {
      ...together,
      byCall: { ...alone.byCall, ...together.byCall, ...Object.fromEntries(silent.map((name) => [name, of(name)])) },
      others: [...alone.others, ...together.others.filter((text) => !silent.some((name) => of(name).includes(text)))],
    };
  });

  it.each(Object.entries(MISTAKES))('%s', (name, [, words]) => {
    const said = answers.byCall[name]?.map((text) => text.replace(/\s+/g, ' ')) ?? [];
    expect(said.join('\n')).toMatch(words);
    expect(said, 'one mistake, one message').toHaveLength(1);
  });

  it('says nothing where nothing is wrong', () => {
    expect(Object.fromEntries(Object.keys(RIGHT).map((name) => [name, answers.byCall[name]]))).toEqual(
      Object.fromEntries(Object.keys(RIGHT).map((name) => [name, []])),
    );
    expect(answers.others).toEqual([]);
  });

  it('never leaves it to the words of Terraform', () => {
    const foreign = Object.values(answers.byCall)
      .flat()
      .filter((text) => !/^(Invalid value for variable|Resource (pre|post)condition failed)/.test(text));
    expect(foreign).toEqual([]);
  });
});

describe('the mistakes', () => {
  it('are at least forty', () => {
    expect(Object.keys(MISTAKES).length).toBeGreaterThanOrEqual(40);
  });
});
