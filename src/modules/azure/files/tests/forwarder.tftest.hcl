# Needs no credentials: terraform test, from 1.7 on.
mock_provider "azurerm" {
  source = "./tests/mocks/azurerm"
  mock_data "azurerm_virtual_network" {
    defaults = {
      id       = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub"
      location = "eastus2"
    }
  }
  mock_data "azurerm_private_link_service_endpoint_connections" {
    defaults = {
      private_endpoint_connections = [
        {
          connection_id         = "/connections/ours"
          connection_name       = "ours"
          private_endpoint_id   = "/endpoints/databricks-1"
          private_endpoint_name = "databricks-1"
          action_required       = ""
          description           = ""
          status                = "Pending"
        },
      ]
    }
  }
}

variables {
  name                = "analytics"
  location            = "eastus2"
  resource_group_name = "rg-plr"
  subnet_id           = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/forwarders"
  nat_subnet_id       = "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/private-link"
  targets = [
    { name = "erp", host = "ERP.corp.acme-data.com.", preset = "oracle" },
    { name = "orders", host = "10.20.1.10", preset = "postgres", domain = "orders.acme-data.com" },
    { name = "crm", host = "crm.corp.acme-data.com", preset = "mysql", enabled = false },
    { name = "billing", host = "sql01.corp.acme-data.com", preset = "sqlserver", listener_port = 14330 },
  ]
}

run "gives_ports_by_position_and_keeps_slots" {
  assert {
    condition     = output.listener_ports == { erp = 10000, orders = 10001, billing = 14330 }
    error_message = "Ports are base_port and the position, or listener_port; a disabled target keeps its own."
  }
  assert {
    condition     = sort(keys(azurerm_lb_rule.rule)) == tolist(["10000", "10001", "14330"])
    error_message = "Each enabled target has a rule, keyed by its port."
  }
  assert {
    condition     = output.domains == tolist(["erp.corp.acme-data.com", "orders.acme-data.com", "sql01.corp.acme-data.com"])
    error_message = "Domains are sorted, in lower case, of enabled targets."
  }
  assert {
    condition     = output.connections["erp"].host == "erp.corp.acme-data.com" && output.connections["erp"].port == 1521
    error_message = "A connection tells where it leads."
  }
  assert {
    condition     = one([for rule in azurerm_network_security_group.this.security_rule : rule.destination_port_ranges if rule.name == "clients"]) == toset(["10000-10001", "14330"])
    error_message = "The security group admits the ports in use, as ranges."
  }
}

run "approves_the_endpoint_of_databricks_alone" {
  variables {
    private_endpoint_name = "databricks-1"
  }
  assert {
    condition     = length(jsondecode(azurerm_resource_group_template_deployment.approval.template_content).resources) == 1
    error_message = "The connection of that name is approved."
  }
  assert {
    condition     = output.approval_command == null && output.rejection_commands == []
    error_message = "Nobody needs a command where Terraform approves."
  }
}

run "leaves_the_approval_to_a_person" {
  variables {
    private_endpoint_name = "databricks-1"
    approval              = "manual"
  }
  assert {
    condition     = length(jsondecode(azurerm_resource_group_template_deployment.approval.template_content).resources) == 0
    error_message = "Nothing is approved."
  }
  assert {
    condition     = can(regex("^az network private-link-service connection update --connection-status Approved .*/ours$", output.approval_command))
    error_message = "The command names the connection."
  }
}

run "has_a_way_out_only_where_it_is_wanted" {
  variables {
    forwarder = { engine = "nftables", egress = "none" }
  }
  assert {
    condition     = length(azurerm_nat_gateway.router) == 0 && output.egress_address == null
    error_message = "Without nat there is no gateway."
  }
}

run "takes_a_location_without_zones" {
  command = plan
  variables {
    location = "westus"
  }
  override_data {
    target = data.azurerm_virtual_network.router
    values = { location = "westus" }
  }
  assert {
    condition     = azurerm_linux_virtual_machine_scale_set.this.zones == null && azurerm_lb.this.frontend_ip_configuration[0].zones == null
    error_message = "There are no zones to stand in."
  }
}

run "refuses_a_network_elsewhere" {
  command = plan
  variables {
    location = "westeurope"
  }
  expect_failures = [data.azurerm_virtual_network.router]
}

run "refuses_a_port_twice" {
  command = plan
  variables {
    targets = [
      { name = "a", host = "a.acme-data.com", port = 5432 },
      { name = "b", host = "b.acme-data.com", port = 5432, listener_port = 10000 },
    ]
  }
  expect_failures = [azurerm_lb.this]
}

run "refuses_a_name_twice" {
  command = plan
  variables {
    targets = [
      { name = "a", host = "a.acme-data.com", port = 5432 },
      { name = "a", host = "b.acme-data.com", port = 5432 },
    ]
  }
  expect_failures = [var.targets]
}

run "refuses_an_engine_that_has_no_health_checks" {
  command = plan
  variables {
    forwarder    = { engine = "nginx" }
    health_check = { interval = 20 }
  }
  expect_failures = [azurerm_lb.this]
}
