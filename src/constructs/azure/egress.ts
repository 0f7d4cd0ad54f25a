import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { NatGateway, NatGatewayPublicIpAssociation, PublicIp, SubnetNatGatewayAssociation } from '../../bindings';
import { expression, mapExpression, pinned } from '../expression';
import { terraformText } from '../terraform-text';
import type { AzureNetwork } from './network';
import { frontendZones } from './zones';

/** Minutes after which the gateway forgets an idle connection to the internet: package downloads need no more. */
const IDLE_TIMEOUT_MINUTES = 4;

export interface AzureEgressProps {
  readonly network: AzureNetwork;
  readonly natGatewayName: string;
  readonly publicIpName: string;
  /** The machines' zones; empty in a location without zones. */
  readonly zones: readonly string[];
  readonly tags: string;
}

/** A NAT gateway for the machines' subnet, by which they install the engine and get security updates. */
export class AzureEgress extends Construct {
  /** The address as which the machines appear in the internet. */
  public readonly publicIp: PublicIp;
  /** What has to stand before a machine boots. */
  public readonly ready: readonly ITerraformDependable[];

  public constructor(scope: Construct, id: string, props: AzureEgressProps) {
    super(scope, id);
    const where = {
      location: expression(props.network.location),
      resourceGroupName: expression(props.network.resourceGroupName),
      tags: mapExpression(props.tags),
    };
    this.publicIp = pinned(
      new PublicIp(this, 'public-ip', {
        ...where,
        name: terraformText(props.publicIpName),
        allocationMethod: 'Static',
        sku: 'Standard',
        ...frontendZones(props.zones),
      }),
      'egress',
    );
    const gateway = pinned(
      new NatGateway(this, 'gateway', {
        ...where,
        name: terraformText(props.natGatewayName),
        skuName: 'Standard',
        idleTimeoutInMinutes: IDLE_TIMEOUT_MINUTES,
      }),
      'router',
    );
    const address = pinned(
      new NatGatewayPublicIpAssociation(this, 'address', {
        natGatewayId: gateway.id,
        publicIpAddressId: this.publicIp.id,
      }),
      'egress',
    );
    const subnet = pinned(
      new SubnetNatGatewayAssociation(this, 'subnet', {
        subnetId: expression(props.network.vmSubnetId),
        natGatewayId: gateway.id,
      }),
      'vm',
    );
    this.ready = [address, subnet];
  }
}
