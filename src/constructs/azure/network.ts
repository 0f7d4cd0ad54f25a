import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { DataAzurermSubnet, DataAzurermVirtualNetwork, Subnet, VirtualNetwork } from '../../bindings';
import type { AzurePlace } from '../../model';
import { expression, listExpression, mapExpression, pinned } from '../expression';
import { terraformText } from '../terraform-text';
import { asText, Reference, type ValueOrRef } from '../value-or-ref';
import type { Vocabulary } from '../vocabulary';
import { type SubnetPlace, subnetPlace, subnetPlaceExpression } from './subnet-id';

/** The subnets that exist, by their ids. */
interface GivenSubnets {
  readonly subnetId: ValueOrRef<string>;
  readonly natSubnetId: ValueOrRef<string>;
  readonly addressSpace?: undefined;
}

/** Where a router of Azure stands, of which Terraform may fill in any part but a network of our own. */
interface GivenAzurePlace {
  readonly location: ValueOrRef<string>;
  readonly resourceGroupName: ValueOrRef<string>;
  readonly network: GivenSubnets | Extract<AzurePlace['network'], { readonly addressSpace: string }>;
}

export interface AzureNetworkProps {
  readonly azure: GivenAzurePlace;
  /** The name of the virtual network; needed where it is one of our own. */
  readonly virtualNetworkName?: string;
  /** The reference of the tags that all resources share. */
  readonly tags: string;
  /** In whose words messages name what the user wrote. */
  readonly words: Vocabulary;
}

/**
 * A condition of what a data source read, as a template. In a module it says nothing of an answer that a provider makes up
 * which a caller's test mocks: every id of Azure begins with a slash.
 */
function unlessMadeUp(ofModule: boolean, condition: string): string {
  return expression(ofModule ? `!startswith(self.id, "/") || ${condition}` : condition);
}

/** Those of a list of addresses or networks that are IPv4, as an expression. */
function ipv4(of: string): string {
  return `[for one in ${of} : one if !can(regex(":", one))]`;
}

/**
 * The two subnets of a router: one for the machines and the frontends, one for the NAT addresses of the Private Link
 * Services. They are read where the inventory names them, and made where it gives an address space.
 */
export class AzureNetwork extends Construct {
  public readonly location = 'local.location';
  public readonly resourceGroupName = 'local.resource_group_name';
  public readonly vmSubnetId = 'local.vm_subnet_id';
  public readonly natSubnetId = 'local.nat_subnet_id';
  /** The IPv4 networks from which the machines speak to targets. */
  public readonly vmCidrs = 'local.vm_subnet_cidrs';
  /** The IPv4 networks from which Private Link speaks to the machines. */
  public readonly natCidrs = 'local.nat_subnet_cidrs';
  /** The IPv4 name servers that the virtual network gives its machines; empty: Azure's own. */
  public readonly nameServers = 'local.network_name_servers';

  private readonly ofModule: boolean;

  public constructor(scope: Construct, id: string, props: AzureNetworkProps) {
    super(scope, id);
    const { azure } = props;
    this.ofModule = azure.location instanceof Reference;
    this.local('location', asText(azure.location));
    this.local('resource_group_name', asText(azure.resourceGroupName));
    if (azure.network.addressSpace === undefined) this.readNetwork(azure.network, props.words);
    else this.makeNetwork(azure.network.addressSpace, props);
  }

  private local(name: string, value: unknown): void {
    pinned(new TerraformLocal(this, name, value), name);
  }

  private readNetwork(network: GivenSubnets, words: Vocabulary): void {
    const vm = this.place('vm', network.subnetId);
    this.readVirtualNetwork(vm);
    this.readSubnet('vm', network.subnetId, vm, []);
    this.readSubnet('nat', network.natSubnetId, this.place('nat', network.natSubnetId), [
      {
        condition: unlessMadeUp(this.ofModule, '!self.private_link_service_network_policies_enabled'),
        errorMessage: `Network policies for Private Link Services are on in the subnet \${self.id}, so that Azure takes no NAT address there. Switch them off: az network vnet subnet update --ids "\${self.id}" --private-link-service-network-policies Disabled (it concerns the NAT addresses of services alone), or name another subnet as ${words.key('natSubnetId')}.`,
      },
    ]);
  }

  /** Where a subnet stands, as templates. What its id says is worked out by Terraform where only Terraform knows the id. */
  private place(name: string, id: ValueOrRef<string>): SubnetPlace {
    if (!(id instanceof Reference)) {
      const { resourceGroup, virtualNetwork, subnet } = subnetPlace(id);
      return {
        resourceGroup: terraformText(resourceGroup),
        virtualNetwork: terraformText(virtualNetwork),
        subnet: terraformText(subnet),
      };
    }
    const parts = `${name}_subnet_parts`;
    this.local(parts, expression(subnetPlaceExpression(id.terraform)));
    const part = (at: number): string => expression(`local.${parts}[${at}]`);
    return { resourceGroup: part(0), virtualNetwork: part(1), subnet: part(2) };
  }

  private readVirtualNetwork({ resourceGroup, virtualNetwork }: SubnetPlace): void {
    pinned(
      new DataAzurermVirtualNetwork(this, 'network', {
        name: virtualNetwork,
        resourceGroupName: resourceGroup,
        lifecycle: {
          postcondition: [
            {
              condition: unlessMadeUp(this.ofModule, `self.location == ${this.location}`),
              errorMessage: `The virtual network \${self.name} is in \${self.location} and the router in \${${this.location}}: load balancer, machines and Private Link Service have to be where the network is. Correct location, or name subnets of a network there.`,
            },
          ],
        },
      }),
      'router',
    );
    this.local('network_name_servers', expression(ipv4('data.azurerm_virtual_network.router.dns_servers')));
  }

  private readSubnet(
    name: string,
    id: ValueOrRef<string>,
    { resourceGroup, virtualNetwork, subnet }: SubnetPlace,
    conditions: { condition: string; errorMessage: string }[],
  ): void {
    pinned(
      new DataAzurermSubnet(this, name, {
        name: subnet,
        virtualNetworkName: virtualNetwork,
        resourceGroupName: resourceGroup,
        lifecycle: {
          postcondition: [
            {
              condition: unlessMadeUp(this.ofModule, `length(${ipv4('self.address_prefixes')}) > 0`),
              errorMessage:
                'The subnet ${self.id} has no IPv4 network, and Private Link knows IPv4 alone. Name another subnet.',
            },
            ...conditions,
          ],
        },
      }),
      name,
    );
    // As it was given, not as Azure answers it: another letter case in it would replace what stands there.
    this.local(`${name}_subnet_id`, asText(id));
    this.local(`${name}_subnet_cidrs`, expression(ipv4(`data.azurerm_subnet.${name}.address_prefixes`)));
  }

  private makeNetwork(addressSpace: string, { virtualNetworkName: name, tags }: AzureNetworkProps): void {
    if (name === undefined) throw new Error('a network of our own has a name');
    this.local('address_space', terraformText(addressSpace));
    this.local('network_name_servers', []);
    // The first half for machines and frontends, the last quarter for NAT addresses.
    this.local('vm_subnet_cidrs', expression('[cidrsubnet(local.address_space, 1, 0)]'));
    this.local('nat_subnet_cidrs', expression('[cidrsubnet(local.address_space, 2, 3)]'));
    const network = pinned(
      new VirtualNetwork(this, 'network', {
        name: terraformText(name),
        location: expression(this.location),
        resourceGroupName: expression(this.resourceGroupName),
        addressSpace: [expression('local.address_space')],
        tags: mapExpression(tags),
      }),
      'router',
    );
    this.makeSubnet('vm', network, listExpression(this.vmCidrs), true);
    this.makeSubnet('nat', network, listExpression(this.natCidrs), false);
  }

  private makeSubnet(name: string, network: VirtualNetwork, prefixes: string[], policies: boolean): void {
    const subnet = pinned(
      new Subnet(this, name, {
        name,
        virtualNetworkName: network.name,
        resourceGroupName: expression(this.resourceGroupName),
        addressPrefixes: prefixes,
        // A way out that Azure gives unasked goes away; the way out is the one that the inventory's egress says.
        defaultOutboundAccessEnabled: false,
        privateLinkServiceNetworkPoliciesEnabled: policies,
      }),
      name,
    );
    this.local(`${name}_subnet_id`, subnet.id);
  }
}
