import { describe, expect, it } from 'vitest';
import { fiveTargets, listener, router, shard, TCP_CHECK } from '../constructs/support/plans';
import { addresses, at, has, terraformOf } from '../constructs/support/synthesized';

const five = [shard(1, fiveTargets())];
const tree = terraformOf(router(five));

describe('the settings of a stack', () => {
  it('name providers in full and by range, and no backend unless one was asked for', () => {
    expect(at(tree, 'terraform')).toEqual({
      required_version: '>= 1.5',
      required_providers: {
        aws: { source: 'registry.terraform.io/hashicorp/aws', version: '>= 5.100, < 7' },
        databricks: { source: 'registry.terraform.io/databricks/databricks', version: '>= 1.121, < 2' },
      },
    });
  });

  it('take the backend as it is given, to the letter: Terraform evaluates nothing there', () => {
    const config = {
      bucket: 'acme-${tf}',
      key: 'a/%{b}/$${c}.tfstate',
      nested: { list: ['${TfToken[TOKEN.0]}', 1, true] },
    };
    const backed = terraformOf(router(five, { backend: { type: 's3', config } }));
    expect(at(backed, 'terraform', 'backend')).toEqual({ s3: config });
  });

  it('say where providers lead, with a limit in time for each', () => {
    expect(at(tree, 'provider', 'aws')).toEqual([{ region: 'us-east-2', allowed_account_ids: ['123456789012'] }]);
    expect(at(tree, 'provider', 'databricks')).toEqual([
      {
        host: 'https://accounts.cloud.databricks.com',
        account_id: '7a99b43c-b46c-432b-b0a7-814217701909',
        http_timeout_seconds: 300,
        retry_timeout_seconds: 300,
      },
    ]);
  });

  it('assume the role, or use the profile, as text', () => {
    const base = router(five).aws;
    const assumeRole = { roleArn: 'arn:aws:iam::123456789012:role/deploy', sessionName: 'ci-${x}', externalId: '%{y}' };
    const assumed = terraformOf(router(five, { aws: { ...base, assumeRole } }));
    expect(at(assumed, 'provider', 'aws', '0', 'assume_role')).toEqual([
      { role_arn: 'arn:aws:iam::123456789012:role/deploy', session_name: 'ci-$${x}', external_id: '%%{y}' },
    ]);
    const profiled = terraformOf(router(five, { aws: { ...base, profile: 'net ${work}' } }));
    expect(at(profiled, 'provider', 'aws', '0', 'profile')).toBe('net $${work}');
  });

  it('leave no path, no time and no note of the machine behind', () => {
    const text = JSON.stringify(tree);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/\/(tmp|home|root|work|Users)\//);
    expect(text).not.toMatch(/\b20\d\d-\d\d-\d\d/);
    expect(text).not.toContain('uniqueId');
    expect(Object.keys(at(tree, '//'))).toEqual(['privatelink-router']);
    for (const section of ['resource', 'data']) {
      for (const byName of Object.values(at(tree, section))) {
        for (const block of Object.values(byName as object)) expect(block).not.toHaveProperty('//');
      }
    }
  });
});

describe('tags', () => {
  const tagged = terraformOf(
    router(five, {
      env: 'prod',
      deployment: 'analytics-use2-prod',
      tags: { team: 'x', 'managed-by': 'us', Name: 'ours', 'privatelink-router:router': 'forged', '//': 'kept' },
    }),
  );

  it('are the user’s, over ours, but for the reserved prefix', () => {
    expect(at(tagged, 'locals', 'tags')).toEqual({
      'managed-by': 'us',
      team: 'x',
      Name: 'ours',
      '//': 'kept',
      'privatelink-router:router': 'analytics-use2',
      'privatelink-router:environment': 'prod',
    });
    expect(at(tree, 'locals', 'tags', 'managed-by')).toBe('privatelink-router');
  });

  it('stand on everything that takes them, a Name of the user’s before ours', () => {
    const tagsOf = (type: string, name: string): string => at<string>(tagged, 'resource', type, name, 'tags');
    const named = /^\$\{merge\(\{ Name = "[\w-]+" \}, local\.s1_tags\)\}$/;
    expect(tagsOf('aws_lb', 's1')).toMatch(named);
    expect(tagsOf('aws_security_group', 's1_load_balancer')).toMatch(named);
    expect(tagsOf('aws_vpc_endpoint_service', 's1')).toMatch(named);
    expect(tagsOf('aws_vpc_security_group_egress_rule', 's1_egress')).toBe('${local.s1_egress_tags}');
    expect(at(tagged, 'locals', 's1_egress_tags')).toMatch(named);
    expect(tagsOf('aws_lb_target_group', 's1_target')).toBe('${local.s1_target_tags[each.key]}');
    expect(tagsOf('aws_lb_listener', 's1_listener')).toBe('${local.s1_target_tags[each.key]}');
    expect(at(tagged, 'locals', 's1_target_tags')).toBe(
      '${{ for name, t in local.s1_targets : name => merge({ Name = t.target_group_name }, local.s1_tags, { "privatelink-router:target" = name }) }}',
    );
    expect(at(tagged, 'locals', 's1_tags')).toBe(
      '${merge(local.tags, { "privatelink-router:shard" = "analytics-use2-1" })}',
    );
  });

  it('of one target stand on what is that target’s alone, over the router’s and under ours', () => {
    const labelled = listener('orders', 10000, { owner: 'me@acme.com', description: 'Orders', tags: { team: 'y' } });
    const own = terraformOf(router([shard(1, [labelled, listener('crm', 10001)]), shard(2, [listener('erp', 10002)])]));
    expect(at(own, 'locals', 's1_targets', 'orders', 'tags')).toEqual({
      team: 'y',
      'privatelink-router:owner': 'me@acme.com',
    });
    expect(at(own, 'locals', 's1_targets', 'crm', 'tags')).toEqual({});
    expect(at(own, 'locals', 's1_target_tags')).toBe(
      '${{ for name, t in local.s1_targets : name => merge({ Name = t.target_group_name }, local.s1_tags, t.tags, { "privatelink-router:target" = name }) }}',
    );
    // A shard without any is what it was.
    expect(at(own, 'locals', 's2_targets', 'erp')).not.toHaveProperty('tags');
    expect(at(own, 'locals', 's2_target_tags')).not.toContain('t.tags');
    expect(at(own, 'locals', 'connections', 'orders', 'owner')).toBe('me@acme.com');
    expect(at(own, 'locals', 'connections', 'crm')).not.toHaveProperty('owner');
  });
});

describe('a renamed target', () => {
  const renamed = router([
    shard(1, [listener('orders', 10000, { renamedFrom: 'orders-db' }), listener('crm', 10001)]),
    shard(2, [listener('same', 10002, { renamedFrom: 'same' })]),
  ]);

  it('takes its target group and its listener along, and nothing else has to move', () => {
    expect(at(terraformOf(renamed), 'moved')).toEqual([
      { from: 'aws_lb_target_group.s1_target["orders-db"]', to: 'aws_lb_target_group.s1_target["orders"]' },
      { from: 'aws_lb_listener.s1_listener["orders-db"]', to: 'aws_lb_listener.s1_listener["orders"]' },
    ]);
    expect(has(tree, 'moved')).toBe(false);
  });
});

describe('outputs', () => {
  it('are there for people and pipelines, each described', () => {
    const outputs = at(tree, 'output');
    expect(Object.keys(outputs).sort()).toEqual([
      'connections',
      'endpoint_service_names',
      'load_balancer_arns',
      'ncc_id',
      'private_endpoint_ids',
      'private_endpoint_states',
      'security_group_ids',
      'target_admission_cidrs',
      'target_security_group_rules',
    ]);
    for (const output of Object.values(outputs))
      expect((output as { description: string }).description).toMatch(/^[A-Z].*\.$/);
  });

  it('tell what to dial for each target', () => {
    expect(at(tree, 'output', 'connections', 'value')).toBe('${local.connections}');
    expect(at(tree, 'locals', 'connections', 'ledger')).toEqual({
      domain: 'ledger.corp.example',
      listener_port: 10002,
      shard: 'analytics-use2-1',
      host: 'ledger.corp.example',
      port: 1521,
    });
  });
});

describe('teardown', () => {
  const manual = { approval: 'manual' as const };

  it('prepare: everything stays, and the outputs say what comes next', () => {
    const prepared = terraformOf(router(five, { ...manual, teardown: 'prepare' }));
    expect(addresses(prepared)).toEqual(addresses(terraformOf(router(five, manual))));
    expect(at(prepared, 'output', 'next_steps', 'value')).toContain('teardown: destroy');
    expect(at(prepared, 'output', 'next_steps', 'value')).toContain('rejection_commands');
    expect(at(prepared, 'output', 'rejection_commands', 'value', 's1')).toContain(
      'aws ec2 reject-vpc-endpoint-connections',
    );
  });

  it('prepare of one shard: only its connection is to be rejected', () => {
    const kept = shard(1, fiveTargets(), { deletionProtection: true });
    const leaving = terraformOf(router([kept, shard(2, [], { deletionProtection: false })], manual));
    expect(Object.keys(at(leaving, 'output', 'rejection_commands', 'value'))).toEqual(['s2']);
    expect(has(terraformOf(router([kept], manual)), 'output', 'rejection_commands')).toBe(false);
  });

  it('destroy: providers alone, and the configuration and its bindings are forgotten instead of destroyed', () => {
    const gone = terraformOf(router(five, { teardown: 'destroy' }));
    expect(Object.keys(gone).sort()).toEqual(['//', 'provider', 'removed', 'terraform']);
    expect(at(gone, 'terraform', 'required_version')).toBe('>= 1.7');
    expect(at(gone, 'removed')).toEqual([
      { from: 'databricks_mws_network_connectivity_config.ncc', lifecycle: { destroy: false } },
      { from: 'databricks_mws_ncc_binding.workspace', lifecycle: { destroy: false } },
    ]);
  });

  it('forget a configuration of their own of before, with bindings that are nobody else has, and then ask for 1.7', () => {
    const forgetting = (workspaceIds: readonly string[]) =>
      terraformOf(router(five, { forgetsNcc: true, ncc: { existing: 'shared-use2', workspaceIds } }));
    const [config, binding] = [
      'databricks_mws_network_connectivity_config.ncc',
      'databricks_mws_ncc_binding.workspace',
    ].map((from) => ({ from, lifecycle: { destroy: false } }));
    expect(at(forgetting([]), 'removed')).toEqual([config, binding]);
    expect(at(forgetting([]), 'terraform', 'required_version')).toBe('>= 1.7');
    expect(at(forgetting(['11']), 'removed')).toEqual([config]);
    expect(has(forgetting(['11']), 'resource', 'databricks_mws_ncc_binding')).toBe(true);
    const leaving = router(five, { forgetsNcc: true, teardown: 'destroy', ncc: { existing: 'x', workspaceIds: [] } });
    expect(at(terraformOf(leaving), 'removed')).toEqual([config, binding]);
    const given = terraformOf(router(five, { ncc: { existing: 'shared-use2', workspaceIds: [] } }));
    expect(has(given, 'removed')).toBe(false);
    expect(at(given, 'terraform', 'required_version')).toBe('>= 1.5');
  });

  it('destroy where the configuration was not ours: only the bindings are forgotten', () => {
    const ncc = { id: '0e9a1c8f-0000-4000-8000-5a0c7d9e1f23', workspaceIds: ['1001'] };
    expect(at(terraformOf(router(five, { teardown: 'destroy', ncc })), 'removed')).toEqual([
      { from: 'databricks_mws_ncc_binding.workspace', lifecycle: { destroy: false } },
    ]);
    const unbound = terraformOf(router(five, { teardown: 'destroy', ncc: { id: ncc.id, workspaceIds: [] } }));
    expect(has(unbound, 'removed')).toBe(false);
  });
});

describe('admission on the target’s own side', () => {
  it('is no rule of ours, and no output more, where no group or a foreign one is named', () => {
    const plain = terraformOf(router([shard(1, [listener('a', 10000)])]));
    expect(has(plain, 'output', 'foreign_security_group_commands')).toBe(false);
    const foreignSecurityGroups = [{ accountId: '210987654321', id: 'sg-0b1c2d3e4f5061728' }];
    const foreign = terraformOf(router([shard(1, [listener('a', 10000, { foreignSecurityGroups })])]));
    expect(has(foreign, 'resource', 'aws_vpc_security_group_ingress_rule', 'target_admission')).toBe(false);
    expect(Object.keys(at(foreign, 'output', 'foreign_security_group_commands', 'value'))).toEqual([
      '210987654321/sg-0b1c2d3e4f5061728',
    ]);
  });

  it('has each rule once, by group, port and subnet, over all shards', () => {
    const group = ['sg-0a1b2c3d4e5f60718'];
    const open = terraformOf(
      router([
        shard(1, [
          listener('a', 10000, { securityGroupIds: group }),
          listener('b', 10001, {
            securityGroupIds: group,
            healthCheck: { ...TCP_CHECK, port: 8008 },
          }),
        ]),
        shard(2, [listener('c', 10002, { securityGroupIds: group })]),
      ]),
    );
    const subnets = ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'];
    expect(Object.keys(at(open, 'locals', 'target_admission'))).toEqual(
      [5432, 8008].flatMap((port) => subnets.map((subnet) => `${group[0]}/${port}/${subnet}`)),
    );
    expect(at(open, 'resource', 'aws_vpc_security_group_ingress_rule', 'target_admission')).toMatchObject({
      security_group_id: '${each.value.security_group_id}',
      ip_protocol: 'tcp',
      cidr_ipv4: '${local.subnet_cidrs[each.value.subnet]}',
    });
  });
});
