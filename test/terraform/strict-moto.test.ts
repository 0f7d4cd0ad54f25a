import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from './support/gate';
import { Moto } from './support/moto';
import { Processes } from './support/processes';

/** What AWS answers (`accepted`, or its error code) to each case of `support/moto/refusals.py`. */
const EXPECTED: Readonly<Record<string, string>> = {
  target_inside: 'accepted',
  target_inside_secondary_cidr: 'accepted',
  target_inside_disassociated_cidr: 'InvalidTarget',
  target_inside_disassociated_cidr_with_all: 'accepted',
  target_inside_with_all: 'InvalidTarget',
  target_inside_secondary_cidr_with_all: 'InvalidTarget',
  target_outside: 'InvalidTarget',
  target_outside_with_all: 'accepted',
  target_in_a_zone_elsewhere: 'ValidationError',
  target_hostname: 'ValidationError',
  target_public: 'InvalidTarget',
  target_loopback: 'InvalidTarget',
  target_link_local: 'InvalidTarget',
  target_port_70000: 'ValidationError',
  targets_500_of_a_load_balancer: 'accepted',
  targets_501_of_a_load_balancer: 'TooManyTargets',
  listeners_50: 'accepted',
  listeners_51: 'TooManyListeners',
  listener_port_twice: 'DuplicateListener',
  listener_moved_to_a_taken_port: 'DuplicateListener',
  listener_moved_to_a_free_port: 'accepted',
  listener_port_70000: 'ValidationError',
  listener_http: 'ValidationError',
  listener_udp_to_tcp: 'InvalidConfigurationRequest',
  listener_idle_timeout_too_long: 'ValidationError',
  target_group_of_two_load_balancers: 'TargetGroupAssociationLimit',
  target_group_of_two_listeners: 'accepted',
  target_group_deleted_in_use: 'ResourceInUse',
  target_group_name_twice: 'DuplicateTargetGroupName',
  target_group_name_of_33: 'ValidationError',
  target_group_port_70000: 'ValidationError',
  health_check_timeout_above_interval: 'ValidationError',
  health_check_timeout_equal_to_interval: 'accepted',
  health_check_interval_changed_below_timeout: 'ValidationError',
  health_check_threshold_of_11: 'ValidationError',
  health_check_udp: 'ValidationError',
  deregistration_delay_of_3600: 'accepted',
  deregistration_delay_of_3601: 'ValidationError',
  load_balancer_name_twice: 'DuplicateLoadBalancerName',
  listener_deleted_twice: 'ListenerNotFound',
  listener_deleted_and_the_answer_lost: 'accepted',
  load_balancer_asked_for_twice: 'accepted',
  load_balancer_name_internal: 'ValidationError',
  load_balancer_two_subnets_of_a_zone: 'InvalidConfigurationRequest',
  load_balancer_one_subnet: 'accepted',
  load_balancer_unknown_security_group: 'InvalidSecurityGroup',
  load_balancer_security_group_added_later: 'InvalidConfigurationRequest',
  load_balancer_security_group_changed: 'accepted',
  load_balancer_deleted_in_service: 'ResourceInUse',
  load_balancer_deleted_while_protected: 'OperationNotPermitted',
  load_balancer_deleted: 'accepted',
  security_group_deleted_in_use: 'DependencyViolation',
  security_group_description_not_ascii: 'InvalidParameterValue',
  security_group_rule_twice: 'InvalidPermission.Duplicate',
  security_group_rule_twice_with_another_description: 'InvalidPermission.Duplicate',
  security_group_outbound_rules_60: 'accepted',
  security_group_outbound_rules_61: 'RulesPerSecurityGroupLimitExceeded',
  security_group_rule_ports_reversed: 'InvalidParameterValue',
  security_group_rule_unknown_protocol: 'InvalidPermission.Malformed',
  service_of_an_unknown_load_balancer: 'InvalidLoadBalancerArn.NotFound',
  service_of_a_load_balancer_in_service: 'InvalidParameter',
  service_principal_no_arn: 'InvalidPrincipal',
  service_deleted_with_a_pending_connection: 'ExistingVpcEndpointConnections',
  service_deleted_with_an_accepted_connection: 'ExistingVpcEndpointConnections',
  service_deleted_after_rejection: 'accepted',
  connection_accepted_and_seen: 'accepted',
  connection_unknown: 'InvalidVpcEndpoint.NotFound',
  connection_without_an_id: 'InvalidVpcEndpointId.Malformed',
  connection_of_a_stranger: 'refused',
};

describeWith(['python3', 'moto'], 'the strict moto', () => {
  let processes: Processes;
  let answers: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    processes = new Processes();
    const moto = new Moto(processes);
    await moto.start('');
    const script = join(__dirname, 'support', 'moto', 'refusals.py');
    const { code, stdout, stderr } = await processes.run('python3', [script, moto.url, moto.door], {
      env: process.env,
    });
    expect(code, stderr).toBe(0);
    answers = JSON.parse(stdout);
  });

  afterAll(() => processes.stop());

  it('is asked for every case that is known', () => {
    expect(Object.keys(answers).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s: %s', (name, expected) => {
    expect(answers[name]).toBe(expected);
  });
});
