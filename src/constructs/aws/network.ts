import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsSubnet, DataAwsVpc, type DataAwsVpcConfig } from '../../bindings';
import { expression, pinned } from '../expression';
import { asTerm, asText, asTexts, Reference, type ValueOrRef } from '../value-or-ref';
import type { Vocabulary } from '../vocabulary';

/** What a provider makes up that a caller's test of a module mocks: of it nothing can be said. AWS gives no such id. */
const MADE_UP = '!startswith(self.vpc_id, "vpc-")';

/** Where the load balancers stand. */
export interface AwsNetworkProps {
  readonly vpcId: ValueOrRef<string>;
  /** One to as many as the region has zones, each of another zone. */
  readonly subnetIds: ValueOrRef<readonly string[]>;
  /** The region that the VPC has to be in. @default not checked: the stack's own provider works in no other */
  readonly region?: ValueOrRef<string>;
  /** In whose words messages name what the user wrote. */
  readonly words: Vocabulary;
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
  /** The subnets, in the order of their ids: a position is known where an id is not yet. */
  public readonly subnets = 'data.aws_subnet.subnet';

  public constructor(scope: Construct, id: string, props: AwsNetworkProps) {
    super(scope, id);
    pinned(new TerraformLocal(this, 'vpc-id', asText(props.vpcId)), 'vpc_id');
    pinned(new TerraformLocal(this, 'subnet-ids', asTexts(props.subnetIds)), 'subnet_ids');
    pinned(new DataAwsVpc(this, 'vpc', { id: expression(this.vpcId), ...this.placed(props.region) }), 'vpc');
    const ofModule = props.vpcId instanceof Reference;
    const { words } = props;
    const said = `correct ${words.key('vpcId')} or ${words.key('subnetIds')}${words.place}`;
    const inside = `self.vpc_id == ${this.vpcId}`;
    const subnet = new DataAwsSubnet(this, 'subnet', {
      id: expression(`${this.subnetIds}[count.index]`),
      lifecycle: {
        postcondition: [
          {
            condition: expression(ofModule ? `${MADE_UP} || ${inside}` : inside),
            errorMessage: `The subnet \${self.id} lies in \${self.vpc_id}, not in the router's VPC \${${this.vpcId}}: ${said}.`,
          },
        ],
      },
    });
    pinned(subnet, 'subnet').addOverride('count', expression(`length(${this.subnetIds})`));
    // A CIDR block stays in the list for a while after it was taken away, in a state of that name.
    const associations = 'data.aws_vpc.vpc.cidr_block_associations';
    const inUse = `[for a in ${associations} : a.cidr_block if !startswith(a.state, "disassociat")]`;
    pinned(new TerraformLocal(this, 'vpc-cidrs', expression(`distinct(${inUse})`)), 'vpc_cidrs');
    pinned(new TerraformLocal(this, 'subnet-cidrs', expression(`${this.subnets}[*].cidr_block`)), 'subnet_cidrs');
  }

  /** What holds the VPC to its region: an ARN has it as its fourth part. */
  private placed(region: ValueOrRef<string> | undefined): Pick<DataAwsVpcConfig, 'lifecycle'> {
    if (region === undefined) return {};
    // What is no ARN comes from a provider that a caller's test mocks, and says nothing of a region.
    const own = `try(split(":", self.arn)[3], ${asTerm(region)})`;
    return {
      lifecycle: {
        postcondition: [
          {
            condition: expression(`${own} == ${asTerm(region)}`),
            errorMessage: `The aws provider works in \${${own}}, and region is \${${asTerm(region)}}: Databricks' role and its network connectivity configuration have to be of the same region. Correct region, or hand the module the provider of that region.`,
          },
        ],
      },
    };
  }
}
