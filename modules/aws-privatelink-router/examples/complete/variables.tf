variable "region" {
  description = "The AWS region of router, VPC and workspaces."
  type        = string
  default     = "us-east-2"
}

variable "vpc_id" {
  description = "The VPC of the load balancer."
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

variable "workspace_ids" {
  description = "The workspaces that are to reach the targets, as texts of digits."
  type        = list(string)
  default     = []
}

variable "target_security_group_ids" {
  description = "Security groups of the orders database that get the rule that admits the load balancer."
  type        = list(string)
  default     = []
}

variable "deletion_protection" {
  description = "Guards the load balancer against deletion."
  type        = bool
  default     = true
}
