# Router, Databricks' private endpoint and its acceptance in one apply. Set this in the environment of terraform, so that the
# apply waits until Databricks has made the endpoint:
#
#   DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule

terraform {
  required_version = ">= 1.3"

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

module "router" {
  source = "../.."

  name                = "analytics"
  region              = var.region
  vpc_id              = var.vpc_id
  subnet_ids          = var.subnet_ids
  private_endpoint_id = module.databricks.private_endpoint_id

  deletion_protection = var.deletion_protection
  base_port           = 11000
  idle_timeout        = 300
  health_check        = { interval = 15, timeout = 5 }
  tags                = { team = "data-platform" }
  limits              = { rules_per_security_group = 100 }

  targets = [
    {
      name               = "orders-db"
      host               = "10.40.7.12"
      preset             = "postgres"
      domain             = "orders.acme-data.com"
      security_group_ids = var.target_security_group_ids
    },
    # A port of its own choice; the position in the list decides no port then.
    { name = "billing-sql", host = "10.40.7.20", preset = "sqlserver", domain = "billing.acme-data.com", listener_port = 14330 },
    # Keeps port 11002 for the day when it comes back.
    { name = "crm", host = "10.40.7.21", preset = "mysql", domain = "crm.acme-data.com", enabled = false },
    # Addresses that are given are not resolved. Where Terraform resolves the host, leave them away.
    { name = "ledger", host = "ledger.acme-data.com", port = 1521, addresses = ["10.40.8.10", "10.40.8.11"] },
    # Two ports of one host share its name.
    {
      name         = "portal"
      host         = "10.40.9.5"
      preset       = "https"
      domain       = "portal.acme-data.com"
      health_check = { protocol = "HTTPS", path = "/healthz", matcher = "200-299" }
    },
    { name = "portal-files", host = "10.40.9.5", preset = "sftp", domain = "portal.acme-data.com" },
  ]
}

# No depends_on between the two modules: each needs something of the other, and Terraform finds the order by itself.
module "databricks" {
  # published as: <namespace>/ncc-private-endpoints/databricks
  source = "../../../databricks-ncc-private-endpoints"

  region           = var.region
  ncc              = { name = "analytics-use2", workspace_ids = var.workspace_ids }
  endpoint_service = module.router.endpoint_service_name
  domain_names     = module.router.domains

  # Workspaces move over when the way is open.
  bind_after = [module.router.accepted_endpoint_id]
}
