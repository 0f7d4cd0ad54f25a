import { describe, expect, it } from 'vitest';
import { fiveTargets, router, shard } from './support/plans';
import { at, type Tree, terraformOf } from './support/synthesized';

const tree = terraformOf(router([shard(1, fiveTargets())]));

describe('the network of a router of AWS', () => {
  it('counts a CIDR as the VPC’s only while it is associated', () => {
    expect(at(tree, 'locals', 'vpc_cidrs')).toBe(
      '${distinct([for a in data.aws_vpc.vpc.cidr_block_associations : a.cidr_block if !startswith(a.state, "disassociat")])}',
    );
  });

  it('refuses a subnet of another VPC', () => {
    const [only, ...others] = at<Tree[]>(tree, 'data', 'aws_subnet', 'subnet', 'lifecycle', 'postcondition');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ condition: '${self.vpc_id == local.vpc_id}' });
    expect(at(tree, 'data', 'aws_subnet', 'subnet', 'count')).toBe('${length(local.subnet_ids)}');
  });

  it('refuses two subnets of one zone, and more rules or addresses than fit: as many as fit are taken', () => {
    const conditions = at<Tree[]>(tree, 'resource', 'aws_lb', 's1', 'lifecycle', 'precondition');
    expect(conditions.map(({ condition }) => condition)).toEqual([
      '${length(distinct(data.aws_subnet.subnet[*].availability_zone)) == length(local.subnet_ids)}',
      '${length(local.s1_egress) <= 60}',
      '${length(local.s1_attachments) <= 500}',
    ]);
  });

  it('leaves the description of a security group that was taken over alone', () => {
    const group = at(tree, 'resource', 'aws_security_group', 's1_load_balancer');
    expect(at(group, 'lifecycle', 'ignore_changes')).toEqual(['description']);
    expect(at(group, 'description')).toBe('privatelink-router: from the load balancer to its targets');
  });
});
