# The variables of the well-known router module, mapped to ours. There, a listener's port was base_port + its position; so it
# is here, and the list may be copied as it is. How to take over what such a module already made: the command
# `privatelink-router adopt` writes the call, the listener ports as they are, and the moved or import blocks.

terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {
  region = var.region
}

locals {
  # service_config.targets come first, then target_endpoints, as there.
  endpoints = concat(
    [for t in var.service_config.targets : { id = t.id, port = t.target_port, name = null }],
    [for t in var.target_endpoints : { id = t.id, port = t.port, name = t.name }],
  )

  # A target group was keyed by its host there; here a target has a name, made of the host where none was given.
  targets = [for t in local.endpoints : {
    name = coalesce(t.name, "t-${replace(lower(t.id), "/[^a-z0-9]+/", "-")}-${t.port}")
    host = t.id
    port = t.port
  }]

  check = var.health_check_config
}

module "router" {
  source = "../.."

  name       = var.service_name
  region     = var.region
  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  tags       = var.tags
  approval   = "manual"

  deletion_protection = var.deletion_protection
  base_port           = var.service_config.base_port
  targets             = local.targets

  health_check = {
    protocol            = local.check.protocol
    port                = local.check.port == "traffic-port" ? null : tonumber(local.check.port)
    path                = local.check.protocol == "TCP" ? null : local.check.path
    interval            = local.check.interval
    timeout             = local.check.timeout
    healthy_threshold   = local.check.healthy_threshold
    unhealthy_threshold = local.check.unhealthy_threshold
  }
}
