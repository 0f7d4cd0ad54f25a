# A small router of Azure, written by hand in the layout of the emitted stacks: what the stand-ins of provider and Azure
# are tried on, one changed variable at a time.
terraform {
  required_providers {
    azurerm    = { source = "hashicorp/azurerm", version = ">= 4.59.0, < 5.0.0" }
    databricks = { source = "databricks/databricks", version = ">= 1.121.0, < 2.0.0" }
  }
}

provider "azurerm" {
  subscription_id                 = var.subscription_id
  resource_provider_registrations = "none"
  features {}
}

provider "databricks" {
  host       = var.account.host
  account_id = var.account.id
}

locals {
  place   = { resource_group_name = var.resource_group_name, location = var.location }
  ports   = { health = 61080, ready = 61081 }
  nat     = data.azurerm_subnet.nat
  content = base64gzip(jsonencode({ targets = var.targets, engine = var.engine }))
  # By way of locals: a data source that names a resource itself is unknown in every plan that changes the resource.
  service_id = azurerm_private_link_service.s1.id
  endpoint   = databricks_mws_ncc_private_endpoint_rule.s1.endpoint_name
  script     = "#!/bin/sh\nset -eu\nbase64 -d <<'B64' | gunzip > /etc/forwarder.json\n${local.content}\nB64\n"
}

data "azurerm_subnet" "vm" {
  name                 = split("/", var.subnet_id)[10]
  virtual_network_name = split("/", var.subnet_id)[8]
  resource_group_name  = split("/", var.subnet_id)[4]
}

data "azurerm_subnet" "nat" {
  name                 = split("/", var.nat_subnet_id)[10]
  virtual_network_name = split("/", var.nat_subnet_id)[8]
  resource_group_name  = split("/", var.nat_subnet_id)[4]
}

resource "azurerm_public_ip" "egress" {
  name                = "plr-egress"
  resource_group_name = local.place.resource_group_name
  location            = local.place.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = ["1", "2", "3"]
}

resource "azurerm_nat_gateway" "router" {
  name                    = "plr-egress"
  resource_group_name     = local.place.resource_group_name
  location                = local.place.location
  idle_timeout_in_minutes = 10
}

resource "azurerm_nat_gateway_public_ip_association" "egress" {
  nat_gateway_id       = azurerm_nat_gateway.router.id
  public_ip_address_id = azurerm_public_ip.egress.id
}

resource "azurerm_subnet_nat_gateway_association" "vm" {
  subnet_id      = data.azurerm_subnet.vm.id
  nat_gateway_id = azurerm_nat_gateway.router.id
}

resource "azurerm_network_security_group" "p1" {
  name                = "plr-1"
  resource_group_name = local.place.resource_group_name
  location            = local.place.location
  tags                = var.tags

  security_rule {
    name                       = "probes"
    description                = "Azure's probes"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = values(local.ports)
    source_address_prefix      = "AzureLoadBalancer"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "private-link"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = keys(var.targets)
    source_address_prefixes    = local.nat.address_prefixes
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "rest"
    priority                   = var.deny_priority
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}

resource "azurerm_lb" "p1" {
  name                = var.load_balancer_name
  resource_group_name = local.place.resource_group_name
  location            = local.place.location
  sku                 = "Standard"
  tags                = var.tags

  dynamic "frontend_ip_configuration" {
    for_each = var.frontends
    content {
      name                          = frontend_ip_configuration.value
      subnet_id                     = data.azurerm_subnet.vm.id
      private_ip_address_allocation = "Dynamic"
      zones                         = var.zones
    }
  }
}

resource "azurerm_lb_backend_address_pool" "p1" {
  name            = "forwarders"
  loadbalancer_id = azurerm_lb.p1.id
}

resource "azurerm_lb_probe" "p1_health" {
  name                = "health"
  loadbalancer_id     = azurerm_lb.p1.id
  protocol            = "Http"
  port                = local.ports.health
  request_path        = "/"
  interval_in_seconds = 5
  number_of_probes    = var.probes
}

resource "azurerm_lb_probe" "p1_ready" {
  name                = "ready"
  loadbalancer_id     = azurerm_lb.p1.id
  protocol            = "Http"
  port                = local.ports.ready
  request_path        = "/"
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "p1_health" {
  name                           = "health"
  loadbalancer_id                = azurerm_lb.p1.id
  frontend_ip_configuration_name = var.frontends[0]
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.p1.id]
  probe_id                       = azurerm_lb_probe.p1_health.id
  protocol                       = "Tcp"
  frontend_port                  = local.ports.health
  backend_port                   = local.ports.health
  floating_ip_enabled            = false
  tcp_reset_enabled              = true
  disable_outbound_snat          = true
}

resource "azurerm_lb_rule" "s1_rule" {
  for_each                       = var.targets
  name                           = "port-${each.key}"
  loadbalancer_id                = azurerm_lb.p1.id
  frontend_ip_configuration_name = "s1"
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.p1.id]
  probe_id                       = var.shared_probe ? azurerm_lb_probe.p1_health.id : azurerm_lb_probe.p1_ready.id
  protocol                       = "Tcp"
  frontend_port                  = tonumber(each.key)
  backend_port                   = tonumber(each.key)
  idle_timeout_in_minutes        = var.idle_minutes
  floating_ip_enabled            = false
  tcp_reset_enabled              = true
  disable_outbound_snat          = true
  depends_on                     = [azurerm_virtual_machine_scale_set_extension.p1_configuration]
}

resource "azurerm_linux_virtual_machine_scale_set" "p1" {
  name                            = "plr-1"
  computer_name_prefix            = "plr1"
  resource_group_name             = local.place.resource_group_name
  location                        = local.place.location
  sku                             = var.size
  instances                       = var.instances
  zones                           = var.zones
  overprovision                   = false
  admin_username                  = "forwarder"
  disable_password_authentication = true
  custom_data                     = base64encode(var.bootstrap)
  upgrade_mode                    = "Rolling"
  health_probe_id                 = azurerm_lb_probe.p1_health.id
  extensions_time_budget          = "PT30M"
  tags                            = var.tags

  admin_ssh_key {
    username   = "forwarder"
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFdZk2Vl0vYg3dC1mXr5bYbq1c0R5o8m4l1X3f9K2aBc"
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 30
  }

  network_interface {
    name                      = "nic"
    primary                   = true
    network_security_group_id = azurerm_network_security_group.p1.id

    ip_configuration {
      name                                   = "primary"
      primary                                = true
      subnet_id                              = data.azurerm_subnet.vm.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.p1.id]
    }
  }

  rolling_upgrade_policy {
    max_batch_instance_percent              = 50
    max_unhealthy_instance_percent          = 50
    max_unhealthy_upgraded_instance_percent = 50
    pause_time_between_batches              = "PT30S"
    prioritize_unhealthy_instances_enabled  = true
  }

  automatic_instance_repair {
    enabled      = true
    grace_period = "PT30M"
    action       = "Replace"
  }

  boot_diagnostics {}

  depends_on = [azurerm_lb_rule.p1_health, azurerm_subnet_nat_gateway_association.vm]
}

resource "azurerm_virtual_machine_scale_set_extension" "p1_configuration" {
  name                         = "configuration"
  virtual_machine_scale_set_id = azurerm_linux_virtual_machine_scale_set.p1.id
  publisher                    = "Microsoft.Azure.Extensions"
  type                         = "CustomScript"
  type_handler_version         = "2.1"
  settings                     = jsonencode({ script = base64encode(local.script) })
}

resource "azurerm_private_link_service" "s1" {
  name                                        = "plr-1"
  resource_group_name                         = local.place.resource_group_name
  location                                    = local.place.location
  load_balancer_frontend_ip_configuration_ids = ["${azurerm_lb.p1.id}/frontendIPConfigurations/s1"]
  visibility_subscription_ids                 = ["*"]
  proxy_protocol_enabled                      = false
  tags                                        = var.tags

  dynamic "nat_ip_configuration" {
    for_each = range(var.nat_addresses)
    content {
      name      = "nat-${nat_ip_configuration.value}"
      subnet_id = data.azurerm_subnet.nat.id
      primary   = nat_ip_configuration.value == 0
    }
  }
}

data "azurerm_private_link_service_endpoint_connections" "s1" {
  service_id          = local.service_id
  resource_group_name = local.endpoint == null ? var.resource_group_name : var.resource_group_name
}

resource "databricks_mws_network_connectivity_config" "ncc" {
  name   = "analytics"
  region = var.location
}

resource "databricks_mws_ncc_private_endpoint_rule" "s1" {
  network_connectivity_config_id = databricks_mws_network_connectivity_config.ncc.network_connectivity_config_id
  resource_id                    = azurerm_private_link_service.s1.id
  domain_names                   = ["db.acme-data.com"]
  depends_on                     = [azurerm_lb_rule.s1_rule]
}

resource "azurerm_resource_group_template_deployment" "s1_approval" {
  count               = var.approve ? 1 : 0
  name                = "plr-1-approval"
  resource_group_name = local.place.resource_group_name
  deployment_mode     = "Incremental"
  template_content = jsonencode({
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"
    resources = [
      for one in data.azurerm_private_link_service_endpoint_connections.s1.private_endpoint_connections : {
        type       = "Microsoft.Network/privateLinkServices/privateEndpointConnections"
        apiVersion = "2024-05-01"
        name       = "${azurerm_private_link_service.s1.name}/${one.connection_name}"
        properties = { privateLinkServiceConnectionState = { status = "Approved", description = "by Terraform" } }
      } if one.private_endpoint_name == databricks_mws_ncc_private_endpoint_rule.s1.endpoint_name
    ]
  })
}

output "connections" {
  value = [
    for one in data.azurerm_private_link_service_endpoint_connections.s1.private_endpoint_connections :
    { endpoint = one.private_endpoint_name, status = one.status }
  ]
}
