# Two databases behind one private endpoint. The endpoint is accepted by hand: see the output approval_command.

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

module "router" {
  source = "../.."

  name       = "analytics"
  region     = var.region
  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
  approval   = "manual"

  # Set it to false and apply before you destroy.
  deletion_protection = var.deletion_protection

  # The first listens on port 10000, the next one on 10001, and so on: add at the end, and set enabled = false instead of
  # taking one out.
  targets = [
    { name = "orders-db", host = "10.40.7.12", preset = "postgres", domain = "orders.acme-data.com" },
    { name = "ledger", host = "10.40.7.30", port = 1521, domain = "ledger.acme-data.com" },
  ]
}
