variable "region" {
  description = "The AWS region of routers, VPC and workspaces."
  type        = string
  default     = "us-east-2"
}

variable "vpc_id" {
  description = "The VPC of the load balancers."
  type        = string
}

variable "subnet_ids" {
  description = "A subnet in each of two or more zones."
  type        = list(string)
}

variable "databricks_account_id" {
  description = "The Databricks account, a UUID."
  type        = string
}

variable "deletion_protection" {
  description = "Guards the load balancers against deletion."
  type        = bool
  default     = true
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
    blue  = { targets = [{ name = "orders-db", host = "10.40.7.12", preset = "postgres", domain = "orders.acme-data.com" }] }
    green = { targets = [{ name = "ledger", host = "10.40.7.30", port = 1521, domain = "ledger.acme-data.com" }] }
  }
}
