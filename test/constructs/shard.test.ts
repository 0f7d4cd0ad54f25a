import { describe, expect, it } from 'vitest';
import { fiveTargets, listener, router, shard, TCP_CHECK } from './support/plans';
import { addresses, at, has, terraformOf } from './support/synthesized';

const tree = terraformOf(router([shard(1, fiveTargets(), { deletionProtection: true })]));
const resource = (type: string, name: string) => at(tree, 'resource', type, name);

describe('a shard', () => {
  it('has these addresses in Terraform: another one would replace what a user runs', () => {
    const both = [
      listener('orders-db', 10000, { securityGroupIds: ['sg-0a1b2c3d4e5f60718'] }),
      listener('ledger', 10001, { resolution: 'plan', addresses: [] }),
    ];
    expect(addresses(terraformOf(router([shard(1, both), shard(12, [])])))).toEqual([
      'aws_lb.s1',
      'aws_lb.s12',
      'aws_lb_listener.s12_listener',
      'aws_lb_listener.s1_listener',
      'aws_lb_target_group.s12_target',
      'aws_lb_target_group.s1_target',
      'aws_lb_target_group_attachment.s12_address',
      'aws_lb_target_group_attachment.s1_address',
      'aws_security_group.s12_load_balancer',
      'aws_security_group.s1_load_balancer',
      'aws_vpc_endpoint_connection_accepter.s1',
      'aws_vpc_endpoint_connection_accepter.s12',
      'aws_vpc_endpoint_service.s1',
      'aws_vpc_endpoint_service.s12',
      'aws_vpc_security_group_egress_rule.s12_egress',
      'aws_vpc_security_group_egress_rule.s1_egress',
      'aws_vpc_security_group_ingress_rule.target_admission',
      'data.aws_subnet.subnet',
      'data.aws_vpc.vpc',
      'data.dns_a_record_set.s1_address',
      'databricks_mws_ncc_binding.workspace',
      'databricks_mws_ncc_private_endpoint_rule.s1',
      'databricks_mws_ncc_private_endpoint_rule.s12',
      'databricks_mws_network_connectivity_config.ncc',
    ]);
  });

  it('stands over its targets by name, with no block of their own', () => {
    expect(Object.keys(at(tree, 'locals', 's1_targets'))).toEqual([
      'billing-sql',
      'crm',
      'events',
      'ledger',
      'orders-db',
    ]);
    expect(resource('aws_lb_target_group', 's1_target').for_each).toBe('${local.s1_targets}');
    expect(resource('aws_lb_listener', 's1_listener').for_each).toBe('${local.s1_targets}');
    expect(resource('aws_lb_target_group_attachment', 's1_address').for_each).toBe('${local.s1_attachments}');
    expect(resource('aws_vpc_security_group_egress_rule', 's1_egress').for_each).toBe('${local.s1_egress}');
  });

  it('keeps every for_each a plain reference: Terraform evaluates it again for each instance', () => {
    for (const byName of Object.values(at(tree, 'resource'))) {
      for (const [name, block] of Object.entries(byName as object)) {
        const forEach: unknown = block.for_each;
        if (forEach !== undefined)
          expect([name, forEach]).toEqual([name, expect.stringMatching(/^\$\{(toset\()?local\.[a-z0-9_]+\)?\}$/)]);
      }
    }
  });

  it('does not depend on the order of the listeners in the plan', () => {
    const turned = terraformOf(router([shard(1, [...fiveTargets()].reverse(), { deletionProtection: true })]));
    expect(JSON.stringify(turned)).toBe(JSON.stringify(tree));
  });

  it('holds all of the plan in the map of targets', () => {
    const check = { ...TCP_CHECK, protocol: 'HTTP' as const, port: 8008, path: '/primary', matcher: '200-204' };
    const one = listener('pg', 10007, {
      host: 'pg.corp.example',
      domain: 'pg.example.com',
      port: 6432,
      addresses: ['10.0.0.9', '10.0.0.10'],
      targetGroupName: 'pg-12345678',
      idleTimeout: 3600,
      drain: 5,
      healthCheck: check,
    });
    expect(at(terraformOf(router([shard(1, [one])])), 'locals', 's1_targets', 'pg')).toEqual({
      host: 'pg.corp.example',
      domain: 'pg.example.com',
      port: 6432,
      listener_port: 10007,
      resolution: 'fixed',
      addresses: ['10.0.0.9', '10.0.0.10'],
      target_group_name: 'pg-12345678',
      idle_timeout: 3600,
      deregistration_delay: 5,
      health_check: {
        protocol: 'HTTP',
        port: '8008',
        path: '/primary',
        matcher: '200-204',
        interval: 10,
        timeout: 5,
        healthy_threshold: 3,
        unhealthy_threshold: 3,
      },
    });
  });
});

describe('the load balancer', () => {
  const lb = resource('aws_lb', 's1');

  it('is internal, crosses zones, and has its security group from creation with PrivateLink enforcement off', () => {
    expect(lb).toMatchObject({
      name: 'plr-analytics-use2-1-11112221',
      internal: true,
      load_balancer_type: 'network',
      subnets: '${local.subnet_ids}',
      security_groups: ['${aws_security_group.s1_load_balancer.id}'],
      enforce_security_group_inbound_rules_on_private_link_traffic: 'off',
      enable_cross_zone_load_balancing: true,
      enable_deletion_protection: true,
    });
  });

  it('takes its deletion protection from the plan', () => {
    const open = terraformOf(router([shard(1, [], { deletionProtection: false })]));
    expect(at(open, 'resource', 'aws_lb', 's1', 'enable_deletion_protection')).toBe(false);
  });

  it('lets nobody in and lets out by port and network only', () => {
    expect(has(tree, 'resource', 'aws_vpc_security_group_ingress_rule')).toBe(false);
    expect(has(resource('aws_security_group', 's1_load_balancer'), 'ingress')).toBe(false);
    expect(has(resource('aws_security_group', 's1_load_balancer'), 'egress')).toBe(false);
    expect(resource('aws_vpc_security_group_egress_rule', 's1_egress')).toMatchObject({
      ip_protocol: 'tcp',
      from_port: '${each.value.port}',
      to_port: '${each.value.port}',
      cidr_ipv4: '${each.value.cidr}',
    });
  });

  it('describes its security group in words that AWS takes and that never change', () => {
    const description = String(resource('aws_security_group', 's1_load_balancer').description);
    expect(description).toMatch(/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
    expect(description).not.toContain('analytics');
  });

  it('holds the limits that only Terraform can see, in the values of the plan', () => {
    const raised = terraformOf(
      router([shard(1, [])], { limits: { 'aws.rulesPerSecurityGroup': 77, 'aws.targetsPerLoadBalancer': 888 } }),
    );
    const conditions = (
      at(raised, 'resource', 'aws_lb', 's1', 'lifecycle', 'precondition') as { condition: string }[]
    ).map(({ condition }) => condition);
    expect(conditions).toContain('${length(local.s1_egress) <= 77}');
    expect(conditions).toContain('${length(local.s1_attachments) <= 888}');
  });

  it('says what to do where a limit is passed', () => {
    const messages = (at(lb, 'lifecycle', 'precondition') as { error_message: string }[]).map(
      (item) => item.error_message,
    );
    expect(messages.join('\n')).toMatch(/rulesPerSecurityGroup/);
    expect(messages.join('\n')).toMatch(/targetsPerLoadBalancer/);
    expect(messages.join('\n')).toMatch(/subnetIds/);
  });
});

describe('target groups, attachments and listeners', () => {
  it('have every argument of the health check explicit', () => {
    expect(resource('aws_lb_target_group', 's1_target').health_check).toEqual({
      enabled: true,
      protocol: '${each.value.health_check.protocol}',
      port: '${each.value.health_check.port}',
      path: '${each.value.health_check.path}',
      matcher: '${each.value.health_check.matcher}',
      interval: '${each.value.health_check.interval}',
      timeout: '${each.value.health_check.timeout}',
      healthy_threshold: '${each.value.health_check.healthy_threshold}',
      unhealthy_threshold: '${each.value.health_check.unhealthy_threshold}',
    });
    expect(at(tree, 'locals', 's1_targets', 'crm', 'health_check')).toMatchObject({
      protocol: 'TCP',
      path: null,
      matcher: null,
    });
  });

  it('are fit for a failover: open sessions end, and the delay is the plan’s', () => {
    expect(resource('aws_lb_target_group', 's1_target')).toMatchObject({
      target_type: 'ip',
      protocol: 'TCP',
      preserve_client_ip: 'false',
      connection_termination: true,
      deregistration_delay: '${each.value.deregistration_delay}',
    });
  });

  it('ask for all zones exactly where the address is outside the VPC', () => {
    expect(resource('aws_lb_target_group_attachment', 's1_address').availability_zone).toBe(
      '${each.value.network == null ? "all" : null}',
    );
  });

  it('keep the zone that they were registered with: another one would take the address out of its group', () => {
    expect(at(resource('aws_lb_target_group_attachment', 's1_address'), 'lifecycle')).toEqual({
      create_before_destroy: true,
      ignore_changes: ['availability_zone'],
    });
  });

  it('set the idle timeout of the listener', () => {
    expect(resource('aws_lb_listener', 's1_listener')).toMatchObject({
      protocol: 'TCP',
      port: '${each.value.listener_port}',
      tcp_idle_timeout_seconds: '${each.value.idle_timeout}',
      default_action: [{ type: 'forward', target_group_arn: '${local.s1_target_group_arns[each.key]}' }],
    });
  });

  it('stand in this order: addresses and egress, listener, endpoint service', () => {
    expect(resource('aws_lb_listener', 's1_listener').depends_on).toEqual([
      'aws_lb_target_group_attachment.s1_address',
      'aws_vpc_security_group_egress_rule.s1_egress',
    ]);
    expect(resource('aws_vpc_endpoint_service', 's1').depends_on).toEqual(['aws_lb_listener.s1_listener']);
  });

  it('are created before what they replace is destroyed, down the whole chain', () => {
    for (const [type, name] of [
      ['aws_security_group', 's1_load_balancer'],
      ['aws_vpc_security_group_egress_rule', 's1_egress'],
      ['aws_lb', 's1'],
      ['aws_lb_target_group', 's1_target'],
      ['aws_lb_target_group_attachment', 's1_address'],
      ['aws_lb_listener', 's1_listener'],
      ['aws_vpc_endpoint_service', 's1'],
      ['aws_vpc_endpoint_connection_accepter', 's1'],
      ['databricks_mws_ncc_private_endpoint_rule', 's1'],
      ['databricks_mws_network_connectivity_config', 'ncc'],
    ] as const) {
      expect([type, at(resource(type, name), 'lifecycle', 'create_before_destroy')]).toEqual([type, true]);
    }
  });
});

describe('the endpoint service', () => {
  it('requires acceptance and admits the plan’s principal alone', () => {
    expect(resource('aws_vpc_endpoint_service', 's1')).toMatchObject({
      acceptance_required: true,
      allowed_principals: ['arn:aws:iam::565502421330:role/private-connectivity-role-us-east-2'],
      network_load_balancer_arns: ['${aws_lb.s1.arn}'],
      supported_ip_address_types: ['ipv4'],
    });
  });
});

describe('names that Terraform resolves', () => {
  const one = listener('orders-db', 10000, { resolution: 'plan', addresses: [] });
  const resolved = terraformOf(router([shard(1, [one]), shard(2, fiveTargets())]));
  const data = at(resolved, 'data', 'dns_a_record_set', 's1_address');

  it('are asked for without depends_on, for the targets of that kind only', () => {
    expect(data.host).toBe('${each.value.host}');
    expect(data.for_each).toBe('${{ for name, t in local.s1_targets : name => t if t.resolution == "plan" }}');
    expect(has(data, 'depends_on')).toBe(false);
    expect(has(resolved, 'data', 'dns_a_record_set', 's2_address')).toBe(false);
  });

  it('must have private IPv4 addresses; the message names target, host and the way out', () => {
    const conditions = at(data, 'lifecycle', 'postcondition') as { condition: string; error_message: string }[];
    expect(conditions).toHaveLength(2);
    for (const { error_message: message } of conditions) {
      expect(message).toContain('${each.key}');
      expect(message).toContain('${each.value.host}');
      expect(message).toContain('dns: synth');
      expect(message).toContain('enabled: false');
      expect(message).toContain('-refresh=false');
    }
    expect(conditions[0]?.error_message).toContain('AAAA');
  });

  it('need the dns provider; without them it is not there', () => {
    expect(has(resolved, 'provider', 'dns')).toBe(true);
    expect(has(resolved, 'terraform', 'required_providers', 'dns')).toBe(true);
    expect(has(tree, 'provider', 'dns')).toBe(false);
    expect(has(tree, 'terraform', 'required_providers', 'dns')).toBe(false);
  });
});
