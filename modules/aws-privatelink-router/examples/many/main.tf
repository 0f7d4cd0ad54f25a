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
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
    databricks = {
      source  = "databricks/databricks"
      version = ">= 1.121"
    }
  }
}

provider "aws" {
  region = var.region
}

provider "databricks" {
  host       = "https://accounts.cloud.databricks.com"
  account_id = var.databricks_account_id

  # Databricks takes minutes to make an endpoint.
  http_timeout_seconds  = 300
  retry_timeout_seconds = 300
}

module "pair" {
  source   = "./pair"
  for_each = var.routers

  name                = each.key
  region              = var.region
  vpc_id              = var.vpc_id
  subnet_ids          = var.subnet_ids
  deletion_protection = var.deletion_protection
  targets             = each.value.targets
  workspace_ids       = each.value.workspace_ids
}
