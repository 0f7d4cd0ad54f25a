# A router and the rule that leads to it. It configures no provider, so it works with for_each, count and depends_on.

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

module "router" {
  source = "../../.."

  name                = var.name
  region              = var.region
  vpc_id              = var.vpc_id
  subnet_ids          = var.subnet_ids
  deletion_protection = var.deletion_protection
  private_endpoint_id = module.databricks.private_endpoint_id
  targets             = var.targets
}

module "databricks" {
  # published as: <namespace>/ncc-private-endpoints/databricks
  source = "../../../../databricks-ncc-private-endpoints"

  region           = var.region
  ncc              = { name = "router-${var.name}", workspace_ids = var.workspace_ids }
  domain_names     = module.router.domains
  endpoint_service = module.router.endpoint_service_name
  bind_after       = [module.router.accepted_endpoint_id]
}
