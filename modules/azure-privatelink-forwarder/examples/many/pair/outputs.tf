output "connections" {
  description = "What to dial in Databricks for each target."
  value       = module.forwarder.connections
}

output "connection_state" {
  description = "State of the private endpoint when Terraform last looked."
  value       = module.databricks.connection_state
}
