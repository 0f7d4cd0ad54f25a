variable "name" {
  description = "The router's name."
  type        = string
}

variable "region" {
  description = "The AWS region of router, VPC and workspaces."
  type        = string
}

variable "vpc_id" {
  description = "The VPC of the load balancer."
  type        = string
}

variable "subnet_ids" {
  description = "A subnet in each of two or more zones."
  type        = list(string)
}

variable "deletion_protection" {
  description = "Guards the load balancer against deletion."
  type        = bool
  default     = true
}

variable "targets" {
  description = "What is to be reached, as the router takes it."
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
