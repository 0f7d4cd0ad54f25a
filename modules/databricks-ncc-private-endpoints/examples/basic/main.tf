# Two names of a database go to an endpoint service of AWS that exists.
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

module "databricks" {
  source = "../.."

  region           = "us-east-2"
  ncc              = { name = "analytics-use2", workspace_ids = var.workspace_ids }
  domain_names     = ["orders.corp.example.com", "billing.corp.example.com"]
  endpoint_service = var.endpoint_service
}
