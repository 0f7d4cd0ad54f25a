variable "name" {
  description = "The router's name."
  type        = string
}

variable "location" {
  description = "The location of the virtual network."
  type        = string
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

variable "targets" {
  description = "What is to be reached, as the forwarders take it."
  type = list(object({
    name   = string
    host   = string
    port   = optional(number)
    preset = optional(string)
    domain = optional(string)
  }))
}

variable "workspace_ids" {
  description = "The workspaces that are bound to the router's network connectivity configuration."
  type        = list(string)
  default     = []
}
