variable "account_host" {
  description = "The account console of Databricks."
  type        = string
  default     = "https://accounts.cloud.databricks.com"
}

variable "account_id" {
  description = "The Databricks account, a UUID."
  type        = string
}

variable "region" {
  description = "The region of workspaces and endpoint services."
  type        = string
  default     = "us-east-2"
}

variable "workspace_ids" {
  description = "The workspaces that are to reach the databases."
  type        = list(string)
  default     = []
}

variable "endpoint_services" {
  description = "The names of the VPC endpoint services."
  type = object({
    orders  = string
    billing = string
  })
}
