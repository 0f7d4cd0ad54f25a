import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsSubnet, DataAwsVpc } from '../../bindings';
import { expression, forEach, pinned } from '../expression';
import { terraformText } from '../terraform-text';

/** Where the load balancers stand. */
export interface AwsNetworkProps {
  readonly vpcId: string;
  /** One to as many as the region has zones, each of another zone. */
  readonly subnetIds: readonly string[];
}

/**
 * The VPC and subnets of a router, read and never made. Terraform learns here which addresses lie inside the VPC and
 * which CIDRs databases have to admit; the inventory knows neither.
 */
export class AwsNetwork extends Construct {
  /** A list of the ids, in the order of the inventory. */
  public readonly subnetIds = 'local.subnet_ids';
  public readonly vpcId = 'local.vpc_id';
  /** Every IPv4 CIDR of the VPC that is in use, secondary ones included. */
  public readonly vpcCidrs = 'local.vpc_cidrs';
  /** The subnets' IPv4 CIDRs: the addresses from which the load balancers speak to targets. */
  public readonly subnetCidrs = 'local.subnet_cidrs';
  /** The subnets by id. */
  public readonly subnets = 'data.aws_subnet.subnet';

  public constructor(scope: Construct, id: string, props: AwsNetworkProps) {
    super(scope, id);
    pinned(new TerraformLocal(this, 'vpc-id', terraformText(props.vpcId)), 'vpc_id');
    pinned(new TerraformLocal(this, 'subnet-ids', props.subnetIds.map(terraformText)), 'subnet_ids');
    pinned(new DataAwsVpc(this, 'vpc', { id: expression(this.vpcId) }), 'vpc');
    const subnet = new DataAwsSubnet(this, 'subnet', {
      id: expression('each.value'),
      lifecycle: {
        postcondition: [
          {
            condition: expression(`self.vpc_id == ${this.vpcId}`),
            errorMessage: `The subnet \${self.id} lies in \${self.vpc_id}, not in the router's VPC \${${this.vpcId}}: correct vpcId or subnetIds in the inventory.`,
          },
        ],
      },
    });
    forEach(pinned(subnet, 'subnet'), `toset(${this.subnetIds})`);
    // A CIDR block stays in the list for a while after it was taken away, in a state of that name.
    const associations = 'data.aws_vpc.vpc.cidr_block_associations';
    const inUse = `[for a in ${associations} : a.cidr_block if !startswith(a.state, "disassociat")]`;
    pinned(new TerraformLocal(this, 'vpc-cidrs', expression(`distinct(${inUse})`)), 'vpc_cidrs');
    const cidrs = `[for id in ${this.subnetIds} : ${this.subnets}[id].cidr_block]`;
    pinned(new TerraformLocal(this, 'subnet-cidrs', expression(cidrs)), 'subnet_cidrs');
  }
}
