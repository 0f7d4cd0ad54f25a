import ipaddr from 'ipaddr.js';
import { expect, it } from 'vitest';
import { listener, router, shard, TCP_CHECK } from '../constructs/support/plans';
import { at, type Tree, terraformOf } from '../constructs/support/synthesized';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { evaluate } from './support/terraform';

/** The locals of shard s1 evaluated by terraform, with the VPC's networks and the answers of name servers given. */
function locals(
  tree: Tree,
  vpcCidrs: readonly string[],
  answers: Record<string, string[]> = {},
): Record<string, unknown> {
  // Locals that only pass on what a resource says are of no use without one.
  const computable = Object.fromEntries(
    Object.entries(at(tree, 'locals')).filter(([, value]) => !String(value).includes('aws_')),
  );
  const text = JSON.stringify({
    locals: {
      ...computable,
      vpc_cidrs: vpcCidrs,
      subnet_cidrs: ['10.20.101.0/24', '10.20.102.0/24'],
      answers: Object.fromEntries(Object.entries(answers).map(([name, addrs]) => [name, { addrs }])),
    },
    output: {
      attachments: { value: '${local.s1_attachments}' },
      egress: { value: '${local.s1_egress}' },
      rules: at(tree, 'output', 'target_security_group_rules'),
    },
  });
  return evaluate(JSON.parse(text.replaceAll('data.dns_a_record_set.s1_address', 'local.answers'))) as Record<
    string,
    unknown
  >;
}

describeUnless(lacking(['terraform']), 'what terraform computes from the map of targets', () => {
  it('finds the VPC network of each address, secondary ones included, at any prefix length', () => {
    const cidrs = ['10.20.0.0/16', '100.66.0.0/20', '10.21.4.0/28'];
    const addresses = [
      '10.20.0.0',
      '10.20.255.255',
      '10.19.255.255',
      '10.21.0.0',
      '10.21.4.0',
      '10.21.4.15',
      '10.21.4.16',
      '100.66.0.1',
      '100.66.15.255',
      '100.66.16.0',
      '192.168.1.1',
      '172.16.0.1',
    ];
    const tree = terraformOf(router([shard(1, [listener('db', 10000, { addresses })])]));
    const { attachments, egress } = locals(tree, cidrs);
    const inside = (address: string): string | undefined =>
      cidrs.find((cidr) => ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr)));
    for (const address of addresses) {
      expect(at(attachments, `db-0a1b2c3d/${address}`)).toEqual({
        target: 'db',
        address,
        port: 5432,
        network: inside(address) ?? null,
      });
    }
    const wanted = new Set(addresses.map((address) => `5432/${inside(address) ?? `${address}/32`}`));
    expect(Object.keys(egress as object).sort()).toEqual([...wanted].sort());
  });

  it('has a command for the owner of each group in another account: every port, from every subnet', () => {
    const [near, far] = ['sg-0a1b2c3d4e5f60718', 'sg-0b1c2d3e4f5061728'];
    const foreignSecurityGroups = [{ accountId: '210987654321', id: far }];
    const tree = terraformOf(
      router([
        shard(1, [
          listener('a', 10000, { securityGroupIds: [near], foreignSecurityGroups }),
          listener('b', 10001, { foreignSecurityGroups, healthCheck: { ...TCP_CHECK, port: 8008 } }),
        ]),
        shard(2, [listener('c', 10002, { foreignSecurityGroups, port: 1521 })]),
      ]),
    );
    expect(Object.values(at(tree, 'locals', 'target_admission')).map((rule) => at(rule, 'security_group_id'))).toEqual([
      near,
      near,
    ]);
    const { commands } = evaluate({
      locals: { region: 'us-east-2', subnet_cidrs: ['10.20.101.0/24', '10.20.102.0/24'] },
      output: { commands: at(tree, 'output', 'foreign_security_group_commands') },
    });
    const ranges = [101, 102].map((net) => `{CidrIp=10.20.${net}.0/24,Description=privatelink-router}`).join(',');
    const permissions = [1521, 5432, 8008].map(
      (port) => `'IpProtocol=tcp,FromPort=${port},ToPort=${port},IpRanges=[${ranges}]'`,
    );
    expect(commands).toEqual({
      [`210987654321/${far}`]: `aws ec2 authorize-security-group-ingress --region us-east-2 --group-id ${far} --ip-permissions ${permissions.join(' ')}`,
    });
  });

  it('takes resolved and fixed addresses together, each once', () => {
    const targets = [
      listener('resolved', 10000, { resolution: 'plan', addresses: [] }),
      listener('twice', 10001, { resolution: 'plan', addresses: [] }),
      listener('fixed', 10002, { addresses: ['10.20.1.1'] }),
      listener('unresolved', 10003, { addresses: [] }),
    ];
    const { attachments } = locals(terraformOf(router([shard(1, targets)])), ['10.20.0.0/16'], {
      resolved: ['10.20.7.7', '10.20.7.8'],
      twice: ['10.20.9.9', '10.20.9.9'],
    });
    expect(Object.keys(attachments as object).sort()).toEqual([
      'fixed-0a1b2c3d/10.20.1.1',
      'resolved-0a1b2c3d/10.20.7.7',
      'resolved-0a1b2c3d/10.20.7.8',
      'twice-0a1b2c3d/10.20.9.9',
    ]);
  });

  it('opens the health check’s port too where it is another one', () => {
    const one = listener('db', 10000, { healthCheck: { ...TCP_CHECK, port: 8008 } });
    const { egress, rules } = locals(terraformOf(router([shard(1, [one])])), ['10.20.0.0/16']);
    expect(Object.keys(egress as object).sort()).toEqual(['5432/10.20.0.0/16', '8008/10.20.0.0/16']);
    expect(at(egress, '8008/10.20.0.0/16')).toEqual({ port: 8008, cidr: '10.20.0.0/16' });
    expect(at(rules, 'db')).toEqual(
      [5432, 8008].flatMap((port) =>
        ['10.20.101.0/24', '10.20.102.0/24'].map((cidr) => ({
          protocol: 'tcp',
          from_port: port,
          to_port: port,
          cidr_ipv4: cidr,
        })),
      ),
    );
  });

  it('is content with a shard that has no target left', () => {
    const { attachments, egress } = locals(terraformOf(router([shard(1, [])])), ['10.20.0.0/16']);
    expect(attachments).toEqual({});
    expect(egress).toEqual({});
  });

  it('knows private addresses from public ones at every edge', () => {
    const edges: Record<string, boolean> = {
      '9.255.255.255': false,
      '10.0.0.0': true,
      '10.255.255.255': true,
      '11.0.0.0': false,
      '100.63.255.255': false,
      '100.64.0.0': true,
      '100.127.255.255': true,
      '100.128.0.0': false,
      '172.15.255.255': false,
      '172.16.0.0': true,
      '172.31.255.255': true,
      '172.32.0.0': false,
      '192.167.255.255': false,
      '192.168.0.0': true,
      '192.168.255.255': true,
      '192.169.0.0': false,
      '1.10.0.1': false,
      '169.254.169.254': false,
      '100.6.0.1': false,
      '172.1.0.1': false,
      '172.160.0.1': false,
      '127.0.0.1': false,
      '101.64.0.1': false,
    };
    const one = listener('db', 10000, { resolution: 'plan', addresses: [] });
    const checks = at<{ condition: string }[]>(
      terraformOf(router([shard(1, [one])])),
      'data',
      'dns_a_record_set',
      's1_address',
      'lifecycle',
      'postcondition',
    );
    const condition = checks[1]?.condition ?? '';
    const output = Object.fromEntries(
      Object.keys(edges).map((address) => [
        `a_${address.replaceAll('.', '_')}`,
        { value: condition.replace('self.addrs', `["${address}"]`) },
      ]),
    );
    const got = evaluate({ output });
    expect(
      Object.fromEntries(Object.keys(edges).map((address) => [address, got[`a_${address.replaceAll('.', '_')}`]])),
    ).toEqual(edges);
  });

  it('judges the states of a rule, the empty and the missing one included', () => {
    const tree = terraformOf(router([shard(1, [])]));
    const checks = at<{ condition: string }[]>(
      tree,
      'resource',
      'databricks_mws_ncc_private_endpoint_rule',
      's1',
      'lifecycle',
      'postcondition',
    );
    const condition = checks[0]?.condition ?? '';
    const judged = (state: string): string => condition.replace('self.connection_state', state);
    const states = ['ESTABLISHED', 'PENDING', 'CREATING', '', 'EXPIRED', 'REJECTED', 'DISCONNECTED', 'CREATE_FAILED'];
    const output = Object.fromEntries(states.map((state, i) => [`s${i}`, { value: judged(`"${state}"`) }]));
    const got = evaluate({ output: { ...output, missing: { value: judged('null') } } });
    expect(states.map((_, i) => got[`s${i}`])).toEqual([true, true, true, true, false, false, false, false]);
    expect(got.missing).toBe(true);
  });
});
