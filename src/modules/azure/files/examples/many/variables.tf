variable "subscription_id" {
  description = "The subscription of the resource group."
  type        = string
}

variable "location" {
  description = "The location of the virtual network."
  type        = string
  default     = "eastus2"
}

variable "resource_group_name" {
  description = "A resource group that exists."
  type        = string
}

variable "subnet_id" {
  description = "The subnet of machines and load balancers."
  type        = string
}

variable "nat_subnet_id" {
  description = "Another subnet of the same virtual network, with network policies for Private Link Services off."
  type        = string
}

variable "databricks_host" {
  description = "The console of the Databricks account."
  type        = string
  default     = "https://accounts.azuredatabricks.net"
}

variable "databricks_account_id" {
  description = "The Databricks account."
  type        = string
}

variable "routers" {
  description = "The routers by name. A workspace has one network connectivity configuration, so it belongs to one of them."
  type = map(object({
    workspace_ids = optional(list(string), [])
    targets = list(object({
      name   = string
      host   = string
      port   = optional(number)
      preset = optional(string)
      domain = optional(string)
    }))
  }))
  default = {
    blue  = { targets = [{ name = "erp", host = "erp.corp.acme-data.com", preset = "oracle" }] }
    green = { targets = [{ name = "orders", host = "10.20.1.10", port = 5432, domain = "orders.acme-data.com" }] }
  }
}
