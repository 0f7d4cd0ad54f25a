# Forwarders, Databricks' private endpoint and its approval in one apply. Set this in the environment of terraform, so that the
# apply waits until Databricks has made the endpoint:
#
#   DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule

terraform {
  required_version = ">= 1.3"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.59.0, < 5.0.0"
    }
    databricks = {
      source  = "databricks/databricks"
      version = ">= 1.121, < 2"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id                 = var.subscription_id
  resource_provider_registrations = "none"
}

provider "databricks" {
  host       = var.databricks_host
  account_id = var.databricks_account_id

  # Databricks takes minutes to make an endpoint.
  http_timeout_seconds  = 300
  retry_timeout_seconds = 300
}

module "forwarder" {
  source = "../.."

  name                  = "analytics"
  location              = var.location
  resource_group_name   = var.resource_group_name
  subnet_id             = var.subnet_id
  nat_subnet_id         = var.nat_subnet_id
  private_endpoint_name = module.databricks.private_endpoint_name

  nat_addresses = 2
  base_port     = 11000
  resolvers     = var.resolvers
  idle_timeout  = 7200
  health_check  = { interval = 15 }
  tags          = { team = "data-platform" }

  forwarder = {
    engine    = var.engine
    instances = 3
    size      = "Standard_D2s_v5"
    zones     = ["1", "2", "3"]
    ssh       = var.ssh
    egress    = "nat"
  }

  targets = [
    { name = "erp", host = "erp.corp.acme-data.com", preset = "oracle" },
    { name = "orders", host = "10.20.1.10", preset = "postgres", domain = "orders.acme-data.com" },
    # Keeps port 11002 for the day when it comes back.
    { name = "crm", host = "crm.corp.acme-data.com", preset = "mysql", enabled = false },
    # A port of its own choice; the position in the list decides no port then.
    { name = "billing", host = "sql01.corp.acme-data.com", preset = "sqlserver", listener_port = 14330 },
    {
      name         = "portal"
      host         = "portal.corp.acme-data.com"
      preset       = "https"
      health_check = { protocol = "HTTPS", path = "/healthz", matcher = "200-299" }
    },
    # Two ports of one host share its name.
    { name = "portal-files", host = "portal.corp.acme-data.com", preset = "sftp" },
  ]
}

# No depends_on between the two modules: each needs something of the other, and Terraform finds the order by itself.
module "databricks" {
  # published as: <namespace>/ncc-private-endpoints/databricks
  source = "../../../databricks-ncc-private-endpoints"

  region       = var.location
  ncc          = { name = "analytics-eus2", workspace_ids = var.workspace_ids }
  resource_id  = module.forwarder.private_link_service_id
  domain_names = module.forwarder.domains

  # Workspaces move over when the way is open.
  bind_after = [module.forwarder.approved_deployment_id]
}
