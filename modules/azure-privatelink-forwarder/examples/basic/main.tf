# Two targets behind a Private Link Service of a network that exists.
terraform {
  required_version = ">= 1.3"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.59.0, < 5.0.0"
    }
  }
}

provider "azurerm" {
  features {}
  subscription_id                 = var.subscription_id
  resource_provider_registrations = "none"
}

module "forwarder" {
  source = "../.."

  name                = "analytics"
  location            = var.location
  resource_group_name = var.resource_group_name
  subnet_id           = var.subnet_id
  nat_subnet_id       = var.nat_subnet_id

  targets = [
    { name = "erp", host = "erp.corp.acme-data.com", preset = "oracle" },
    { name = "orders", host = "10.20.1.10", preset = "postgres", domain = "orders.acme-data.com" },
  ]
}
