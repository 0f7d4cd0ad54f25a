import { address, type Place } from './inventories';

/**
 * The layout to compare with: one load balancer per fifty targets as well, but a single flat `for_each` over all targets
 * for each kind of resource. Same listeners, target groups and attachments with the same arguments, an egress rule a target.
 * @returns the text of a `main.tf.json`
 */
export function flatLayout(count: number, perLoadBalancer: number, place: Place): string {
  const targets: Record<string, { nlb: string; port: number; listener_port: number; address: string }> = {};
  const balancers: Record<string, Record<string, never>> = {};
  for (let n = 0; n < count; n += 1) {
    const nlb = `n${Math.floor(n / perLoadBalancer)}`;
    balancers[nlb] = {};
    targets[`db-${n}`] = { nlb, port: 5432, listener_port: 10000 + n, address: address(n) };
  }
  const vpc = place.vpcId;
  const tags = { 'managed-by': 'bench', 'privatelink-router:router': 'router-0' };
  const tagged = '${merge(local.tags, { Name = each.key })}';
  return JSON.stringify({
    terraform: {
      required_providers: { aws: { source: 'registry.terraform.io/hashicorp/aws', version: '>= 5.100, < 7' } },
    },
    provider: { aws: [{ region: place.region }] },
    locals: { balancers, targets, tags },
    resource: {
      aws_security_group: { nlb: { for_each: '${local.balancers}', name: '${each.key}', vpc_id: vpc } },
      aws_lb: {
        nlb: {
          for_each: '${local.balancers}',
          name: '${each.key}',
          internal: true,
          load_balancer_type: 'network',
          subnets: place.subnetIds,
          security_groups: ['${aws_security_group.nlb[each.key].id}'],
        },
      },
      aws_lb_target_group: {
        target: {
          for_each: '${local.targets}',
          name: '${each.key}',
          port: '${each.value.port}',
          protocol: 'TCP',
          target_type: 'ip',
          vpc_id: vpc,
          preserve_client_ip: 'false',
          deregistration_delay: 10,
          connection_termination: true,
          health_check: [
            {
              enabled: true,
              protocol: 'TCP',
              port: 'traffic-port',
              interval: 10,
              timeout: 5,
              healthy_threshold: 3,
              unhealthy_threshold: 3,
            },
          ],
          tags: tagged,
        },
      },
      aws_lb_target_group_attachment: {
        target: {
          for_each: '${local.targets}',
          target_group_arn: '${aws_lb_target_group.target[each.key].arn}',
          target_id: '${each.value.address}',
          port: '${each.value.port}',
          availability_zone: 'all',
        },
      },
      aws_lb_listener: {
        listener: {
          for_each: '${local.targets}',
          load_balancer_arn: '${aws_lb.nlb[each.value.nlb].arn}',
          port: '${each.value.listener_port}',
          protocol: 'TCP',
          tcp_idle_timeout_seconds: 350,
          tags: tagged,
          default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.target[each.key].arn}' }],
        },
      },
      aws_vpc_security_group_egress_rule: {
        target: {
          for_each: '${local.targets}',
          security_group_id: '${aws_security_group.nlb[each.value.nlb].id}',
          ip_protocol: 'tcp',
          from_port: '${each.value.port}',
          to_port: '${each.value.port}',
          cidr_ipv4: '${each.value.address}/32',
          tags: tagged,
        },
      },
      aws_vpc_endpoint_service: {
        nlb: {
          for_each: '${local.balancers}',
          acceptance_required: true,
          network_load_balancer_arns: ['${aws_lb.nlb[each.key].arn}'],
        },
      },
    },
  });
}
