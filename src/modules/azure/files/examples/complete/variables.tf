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
  description = "The subnet of machines and load balancer."
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

variable "workspace_ids" {
  description = "The workspaces that are bound to the network connectivity configuration."
  type        = list(string)
}

variable "engine" {
  description = "What forwards on the machines: haproxy, nginx or nftables; health checks are haproxy's alone."
  type        = string
  default     = "haproxy"
}

variable "resolvers" {
  description = "Name servers that know the targets, where the network's own do not."
  type        = list(string)
  default     = []
}

variable "ssh" {
  description = "Who may log in to the machines; null: nobody."
  type = object({
    public_key = string
    from       = list(string)
  })
  default = null
}
