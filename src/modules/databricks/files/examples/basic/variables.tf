variable "account_host" {
  description = "The account console of Databricks."
  type        = string
  default     = "https://accounts.cloud.databricks.com"
}

variable "account_id" {
  description = "The Databricks account, a UUID."
  type        = string
}

variable "workspace_ids" {
  description = "The workspaces that are to reach the databases."
  type        = list(string)
  default     = []
}

variable "endpoint_service" {
  description = "The name of the VPC endpoint service before the databases."
  type        = string
}
