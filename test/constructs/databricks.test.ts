import { describe, expect, it } from 'vitest';
import { fiveTargets, router, shard } from './support/plans';
import { at, has, terraformOf } from './support/synthesized';

const tree = terraformOf(router([shard(1, fiveTargets()), shard(2, [])]));
const RULE = 'databricks_mws_ncc_private_endpoint_rule';
const ACCEPTER = 'aws_vpc_endpoint_connection_accepter';

describe('the network connectivity configuration', () => {
  it('is made by name and region, the new one before the old one goes', () => {
    expect(at(tree, 'resource', 'databricks_mws_network_connectivity_config', 'ncc')).toEqual({
      name: 'analytics-use2',
      region: 'us-east-2',
      lifecycle: { create_before_destroy: true },
    });
  });

  it('is referred to by its own id, never by the composite one', () => {
    expect(at(tree, 'resource', RULE, 's1', 'network_connectivity_config_id')).toBe(
      '${databricks_mws_network_connectivity_config.ncc.network_connectivity_config_id}',
    );
    expect(JSON.stringify(tree)).not.toContain('network_connectivity_config.ncc.id');
  });

  it('is left alone where the inventory names one that exists', () => {
    const id = '0e9a1c8f-0000-4000-8000-5a0c7d9e1f23';
    const taken = terraformOf(router([shard(1, fiveTargets())], { ncc: { id, workspaceIds: ['1001'] } }));
    expect(has(taken, 'resource', 'databricks_mws_network_connectivity_config')).toBe(false);
    expect(at(taken, 'resource', RULE, 's1', 'network_connectivity_config_id')).toBe(id);
    expect(at(taken, 'resource', 'databricks_mws_ncc_binding', 'workspace', 'network_connectivity_config_id')).toBe(id);
    expect(at(taken, 'output', 'ncc_id', 'value')).toBe(id);
  });
});

describe('a network connectivity configuration that is looked up', () => {
  const CONFIG = 'databricks_mws_network_connectivity_config';
  const found = (ncc: { existing: string; router?: string; workspaceIds: string[] }) =>
    terraformOf(router([shard(1, fiveTargets())], { ncc }));

  it('is a data source of its name, after the names of the region', () => {
    const taken = found({ existing: 'shared-use2', router: 'orders', workspaceIds: [] });
    expect(has(taken, 'resource', CONFIG)).toBe(false);
    expect(has(taken, 'resource', 'databricks_mws_ncc_binding')).toBe(false);
    expect(at(taken, 'data', `${CONFIG}s`, 'region')).toEqual({ region: 'us-east-2' });
    expect(at(taken, 'data', CONFIG, 'ncc')).toMatchObject({
      name: 'shared-use2',
      lifecycle: {
        precondition: [{ condition: `\${try(contains(data.${CONFIG}s.region.names, "shared-use2"), false)}` }],
        postcondition: [{ condition: '${self.region == "us-east-2"}' }],
      },
    });
    expect(at(taken, 'resource', RULE, 's1', 'network_connectivity_config_id')).toBe(
      `\${data.${CONFIG}.ncc.network_connectivity_config_id}`,
    );
  });

  it('says who makes it, or what to correct', () => {
    const words = (ncc: Parameters<typeof found>[0]) =>
      JSON.stringify(at(found(ncc), 'data', CONFIG, 'ncc', 'lifecycle', 'precondition'));
    const ncc = { existing: 'shared-use2', workspaceIds: [] };
    expect(words({ ...ncc, router: 'orders' })).toContain('The router orders makes it: apply its stack first.');
    expect(words(ncc)).toContain('Correct ncc.existing');
  });

  it('has workspaces where the inventory binds some', () => {
    const taken = found({ existing: 'shared-use2', workspaceIds: ['1001'] });
    expect(at(taken, 'locals', 'workspace_ids')).toEqual(['1001']);
  });

  it('is not forgotten by a router that leaves, which never had it', () => {
    const gone = terraformOf(
      router([shard(1, fiveTargets())], { teardown: 'destroy', ncc: { existing: 'shared-use2', workspaceIds: [] } }),
    );
    expect(has(gone, 'removed')).toBe(false);
  });
});

describe('workspaces', () => {
  it('are bound by exact ids after every rule and acceptance', () => {
    expect(at(tree, 'locals', 'workspace_ids')).toEqual(['1234567890123456']);
    expect(at(tree, 'resource', 'databricks_mws_ncc_binding', 'workspace')).toMatchObject({
      for_each: '${toset(local.workspace_ids)}',
      workspace_id: '${each.value}',
      depends_on: [`${RULE}.s1`, `${ACCEPTER}.s1`, `${RULE}.s2`, `${ACCEPTER}.s2`],
    });
  });

  it('keep an id that a number of JavaScript cannot hold', () => {
    const exact = terraformOf(
      router([shard(1, [])], { ncc: { name: 'analytics-use2', workspaceIds: ['9007199254740993'] } }),
    );
    expect(at(exact, 'locals', 'workspace_ids')).toEqual(['9007199254740993']);
  });

  it('need not be given', () => {
    const none = terraformOf(router([shard(1, [])], { ncc: { name: 'analytics-use2', workspaceIds: [] } }));
    expect(has(none, 'resource', 'databricks_mws_ncc_binding')).toBe(false);
  });
});

describe('the private endpoint rule', () => {
  it('sets service, domains and configuration, and nothing that the provider only reads', () => {
    const { lifecycle: _lifecycle, ...set } = at(tree, 'resource', RULE, 's1');
    expect(set).toEqual({
      network_connectivity_config_id:
        '${databricks_mws_network_connectivity_config.ncc.network_connectivity_config_id}',
      endpoint_service: '${aws_vpc_endpoint_service.s1.service_name}',
      domain_names: [
        'billing-sql.corp.example',
        'crm.corp.example',
        'events.corp.example',
        'ledger.corp.example',
        'orders-db.corp.example',
      ],
    });
  });

  it('keeps the plan’s domains where the shard has no listener left', () => {
    expect(at(tree, 'resource', RULE, 's2', 'domain_names')).toEqual(['emptied.corp.example']);
  });

  it('stops a plan in a dead state, and says the command that takes exactly this rule away', () => {
    const [check] = at(tree, 'resource', RULE, 's1', 'lifecycle', 'postcondition') as {
      condition: string;
      error_message: string;
    }[];
    for (const state of ['CREATE_FAILED', 'DISCONNECTED', 'EXPIRED', 'REJECTED'])
      expect(check?.condition).toContain(state);
    for (const state of ['CREATING', 'PENDING', 'ESTABLISHED']) expect(check?.condition).not.toContain(state);
    expect(check?.error_message).toContain(`terraform apply -destroy -target=${RULE}.s1 `);
  });
});

describe('approval', () => {
  it('terraform: accepts the rule’s own endpoint, and names the switch where it is not made yet', () => {
    const accepter = at(tree, 'resource', ACCEPTER, 's1');
    expect(accepter).toMatchObject({
      vpc_endpoint_service_id: '${aws_vpc_endpoint_service.s1.id}',
      vpc_endpoint_id: `\${${RULE}.s1.vpc_endpoint_id}`,
    });
    const [check] = at(accepter, 'lifecycle', 'precondition') as { condition: string; error_message: string }[];
    expect(check?.condition).toContain('"vpce-"');
    expect(check?.error_message).toContain(
      'DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule',
    );
    expect(has(tree, 'output', 'approval_commands')).toBe(false);
  });

  it('manual: gives the command instead, and forgets an acceptance that stood instead of rejecting it', () => {
    const manual = terraformOf(router([shard(1, fiveTargets())], { approval: 'manual' }));
    expect(has(manual, 'resource', ACCEPTER)).toBe(false);
    expect(at(manual, 'removed')).toEqual([{ from: `${ACCEPTER}.s1`, lifecycle: { destroy: false } }]);
    expect(at(manual, 'terraform', 'required_version')).toBe('>= 1.7');
    expect(at(manual, 'output', 'approval_commands', 'value', 's1')).toContain(
      'aws ec2 accept-vpc-endpoint-connections --region ${local.region} --service-id ${aws_vpc_endpoint_service.s1.id} --vpc-endpoint-ids',
    );
    expect(at(manual, 'resource', 'databricks_mws_ncc_binding', 'workspace', 'depends_on')).toEqual([`${RULE}.s1`]);
  });
});
