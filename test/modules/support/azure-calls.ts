import { azureModule } from '../../../src/modules/azure';
import { type Answers, type Arguments, answersTo, type CallsOptions } from './calls';

const NETWORK =
  '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub';

/** A call of the Azure module with nothing wrong in it. */
export const GOOD: Arguments = {
  name: 'analytics',
  location: 'eastus2',
  resource_group_name: 'rg-plr',
  subnet_id: `${NETWORK}/subnets/forwarders`,
  nat_subnet_id: `${NETWORK}/subnets/private-link`,
  targets: [{ name: 'erp', host: 'erp.corp.acme-data.com', preset: 'oracle' }],
};

/** A target with nothing wrong in it, by its number. */
export function target(number = 1): Arguments {
  return { name: `db-${number}`, host: `db-${number}.acme-data.com`, port: 5432 };
}

/** Azure without a server: a network as the module wants it. */
const MOCKS = `
mock_provider "azurerm" {
  mock_data "azurerm_virtual_network" {
    defaults = { id = "${NETWORK}", location = "eastus2" }
  }
  mock_data "azurerm_subnet" {
    defaults = {
      id                                            = "${NETWORK}/subnets/one"
      address_prefixes                              = ["10.60.1.0/24", "fd00::/64"]
      private_link_service_network_policies_enabled = false
    }
  }
  mock_resource "azurerm_lb" {
    defaults = { id = "${NETWORK.replace('rg-network', 'rg-plr').replace(/virtualNetworks.*/, 'loadBalancers/lb')}" }
  }
}
`;

/** What Terraform says to calls that differ from the good one in these arguments. */
export function answersToChanges(
  changes: Readonly<Record<string, Arguments>>,
  options: Partial<CallsOptions> = {},
): Answers {
  const calls = Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, { ...GOOD, ...change }]));
  return answersTo({ definition: azureModule, calls, providers: ['azurerm'], mocks: MOCKS, ...options });
}
