# Forwarders and the rule that leads to them. It configures no provider, so it works with for_each, count and depends_on.

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

module "forwarder" {
  source = "../../.."

  name                  = var.name
  location              = var.location
  resource_group_name   = var.resource_group_name
  subnet_id             = var.subnet_id
  nat_subnet_id         = var.nat_subnet_id
  private_endpoint_name = module.databricks.private_endpoint_name
  forwarder             = { engine = "nftables", egress = "none" }
  targets               = var.targets
}

module "databricks" {
  # published as: <namespace>/ncc-private-endpoints/databricks
  source = "../../../../databricks-ncc-private-endpoints"

  region       = var.location
  ncc          = { name = "router-${var.name}", workspace_ids = var.workspace_ids }
  domain_names = module.forwarder.domains
  resource_id  = module.forwarder.private_link_service_id
  bind_after   = [module.forwarder.approved_deployment_id]
}
