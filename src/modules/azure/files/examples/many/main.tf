# Several routers by for_each, each with its own rule at Databricks. The two modules of a pair give each other something, and
# under for_each Terraform would take all of one for all of the other, a cycle: so the pair is a module of your own, and that is
# called as often as you like. Set this in the environment of terraform, so that the apply waits until Databricks has made the
# endpoints:
#
#   DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule

terraform {
  # 1.3.0 crashes where a module whose resources have conditions has several instances.
  required_version = ">= 1.3.1"
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

# A subnet has one NAT gateway, and each router with egress = "nat" would bring one: nftables, which is on the stock image, needs none.
module "pair" {
  source   = "./pair"
  for_each = var.routers

  name                = each.key
  location            = var.location
  resource_group_name = var.resource_group_name
  subnet_id           = var.subnet_id
  nat_subnet_id       = var.nat_subnet_id
  targets             = each.value.targets
  workspace_ids       = each.value.workspace_ids
}
