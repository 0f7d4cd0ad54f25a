import type { ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { NatGateway, NatGatewayPublicIpAssociation, PublicIp, SubnetNatGatewayAssociation } from '../../bindings';
import { expression, mapExpression, pinned } from '../expression';
import { asText, type Reference, type ValueOrRef } from '../value-or-ref';
import type { AzureNetwork } from './network';
import { frontendZones } from './zones';

/** Minutes after which the gateway forgets an idle connection to the internet: package downloads need no more. */
const IDLE_TIMEOUT_MINUTES = 4;

export interface AzureEgressProps {
  readonly network: AzureNetwork;
  readonly natGatewayName: ValueOrRef<string>;
  readonly publicIpName: ValueOrRef<string>;
  /** The machines' zones; empty in a location without zones. */
  readonly zones: ValueOrRef<readonly string[]>;
  readonly tags: string;
  /** Where only Terraform knows whether there is one. Absent: there is. */
  readonly wanted?: Reference;
}

/** A NAT gateway for the machines' subnet, by which they install the engine and get security updates. */
export class AzureEgress extends Construct {
  /** The address as which the machines appear in the internet, as an expression; null where there is no gateway. */
  public readonly address: string;
  /** What has to stand before a machine boots. */
  public readonly ready: readonly ITerraformDependable[];

  private readonly wanted: Reference | undefined;

  public constructor(scope: Construct, id: string, props: AzureEgressProps) {
    super(scope, id);
    this.wanted = props.wanted;
    const where = {
      location: expression(props.network.location),
      resourceGroupName: expression(props.network.resourceGroupName),
      tags: mapExpression(props.tags),
    };
    const publicIp = this.optional(
      new PublicIp(this, 'public-ip', {
        ...where,
        name: asText(props.publicIpName),
        allocationMethod: 'Static',
        sku: 'Standard',
        ...frontendZones(props.zones),
      }),
      'egress',
    );
    const gateway = this.optional(
      new NatGateway(this, 'gateway', {
        ...where,
        name: asText(props.natGatewayName),
        skuName: 'Standard',
        idleTimeoutInMinutes: IDLE_TIMEOUT_MINUTES,
      }),
      'router',
    );
    const address = this.optional(
      new NatGatewayPublicIpAssociation(this, 'address', {
        natGatewayId: this.attribute(gateway, 'id'),
        publicIpAddressId: this.attribute(publicIp, 'id'),
      }),
      'egress',
    );
    const subnet = this.optional(
      new SubnetNatGatewayAssociation(this, 'subnet', {
        subnetId: expression(props.network.vmSubnetId),
        natGatewayId: this.attribute(gateway, 'id'),
      }),
      'vm',
    );
    this.address = this.attribute(publicIp, 'ip_address');
    this.ready = [address, subnet];
  }

  private optional<T extends TerraformResource>(resource: T, logicalId: string): T {
    if (this.wanted !== undefined) resource.addOverride('count', expression(`${this.wanted.terraform} ? 1 : 0`));
    return pinned(resource, logicalId);
  }

  /** An attribute of one of the resources, all of which stand under the same condition. */
  private attribute(resource: TerraformResource, name: string): string {
    const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
    return expression(this.wanted === undefined ? `${address}.${name}` : `one(${address}[*].${name})`);
  }
}
