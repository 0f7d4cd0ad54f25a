# Two endpoint services in one network connectivity configuration; workspaces are bound once both have their rule.
terraform {
  required_version = ">= 1.3"
  required_providers {
    databricks = {
      source  = "databricks/databricks"
      version = ">= 1.121, < 2"
    }
  }
}

provider "databricks" {
  host                  = var.account_host
  account_id            = var.account_id
  http_timeout_seconds  = 300
  retry_timeout_seconds = 300
}

# Makes the configuration.
module "orders" {
  source = "../.."

  region           = var.region
  ncc              = { name = "analytics-use2" }
  domain_names     = ["orders.corp.example.com", "orders-replica.corp.example.com"]
  endpoint_service = var.endpoint_services.orders
}

# Stands in it; its id is known only once it is made.
module "billing" {
  source = "../.."

  region           = var.region
  ncc              = { id = module.orders.ncc_id, workspace_ids = var.workspace_ids }
  domain_names     = ["billing.corp.example.com"]
  endpoint_service = var.endpoint_services.billing
  bind_after       = [module.orders.rule_id]
}
