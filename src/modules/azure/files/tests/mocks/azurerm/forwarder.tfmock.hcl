# What Azure would answer, in the forms that the provider asks for. For the tests of this module, and of what calls it.

mock_data "azurerm_subnet" {
  defaults = { address_prefixes = ["10.60.1.0/24"], private_link_service_network_policies_enabled = false }
}

mock_resource "azurerm_lb" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Network/loadBalancers/lb" }
}

mock_resource "azurerm_lb_backend_address_pool" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/forwarders" }
}

mock_resource "azurerm_lb_probe" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Network/loadBalancers/lb/probes/health" }
}

mock_resource "azurerm_network_security_group" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Network/networkSecurityGroups/nsg" }
}

mock_resource "azurerm_nat_gateway" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Network/natGateways/nat" }
}

mock_resource "azurerm_public_ip" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Network/publicIPAddresses/ip" }
}

mock_resource "azurerm_linux_virtual_machine_scale_set" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Compute/virtualMachineScaleSets/set" }
}

mock_resource "azurerm_private_link_service" {
  defaults = { id = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-plr/providers/Microsoft.Network/privateLinkServices/pls" }
}
