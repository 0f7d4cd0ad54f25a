/**
 * The typed resources of the azurerm provider, each by its own subpath.
 *
 * The bindings were generated from 4.55, the emitted configuration is for 4.59 up to 5. What 5.0 calls otherwise:
 *
 * | 4.x | 5.0 | here |
 * |---|---|---|
 * | `enable_floating_ip`, `enable_tcp_reset` (rule) | `floating_ip_enabled`, `tcp_reset_enabled` | the new names, which 4.x takes too, always set: 4.x computes them otherwise |
 * | `enable_proxy_protocol` (Private Link Service) | `proxy_protocol_enabled` | the new name, by an override: the bindings do not know it |
 * | `enable_ip_forwarding`, `enable_accelerated_networking` (network interface of a scale set) | `ip_forwarding_enabled`, `accelerated_networking_enabled` | the old name of the second, which every 4.x takes; the first is not set, since every packet leaves with its machine's own address |
 * | `skip_provider_registration` (provider) | gone | `resource_provider_registrations`, valid in both |
 */
export { DataAzurermPrivateLinkServiceEndpointConnections } from '@cdktf/provider-azurerm/lib/data-azurerm-private-link-service-endpoint-connections';
export { DataAzurermSubnet } from '@cdktf/provider-azurerm/lib/data-azurerm-subnet';
export { DataAzurermVirtualNetwork } from '@cdktf/provider-azurerm/lib/data-azurerm-virtual-network';
export { Lb as AzureLb } from '@cdktf/provider-azurerm/lib/lb';
export { LbBackendAddressPool } from '@cdktf/provider-azurerm/lib/lb-backend-address-pool';
export { LbProbe } from '@cdktf/provider-azurerm/lib/lb-probe';
export { LbRule, type LbRuleConfig } from '@cdktf/provider-azurerm/lib/lb-rule';
export {
  LinuxVirtualMachineScaleSet,
  type LinuxVirtualMachineScaleSetConfig,
} from '@cdktf/provider-azurerm/lib/linux-virtual-machine-scale-set';
export { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
export { NatGatewayPublicIpAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association';
export { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
export {
  PrivateLinkService,
  type PrivateLinkServiceNatIpConfiguration,
} from '@cdktf/provider-azurerm/lib/private-link-service';
export { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
export { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
export { ResourceGroupTemplateDeployment } from '@cdktf/provider-azurerm/lib/resource-group-template-deployment';
export { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
export { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
export { VirtualMachineScaleSetExtensionA as VirtualMachineScaleSetExtension } from '@cdktf/provider-azurerm/lib/virtual-machine-scale-set-extension';
export { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
