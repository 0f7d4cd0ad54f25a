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
