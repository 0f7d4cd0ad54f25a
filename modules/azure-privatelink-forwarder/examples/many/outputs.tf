output "connections" {
  description = "What to dial in Databricks for each target, by router."
  value       = { for name, pair in module.pair : name => pair.connections }
}

output "connection_states" {
  description = "State of each private endpoint when Terraform last looked."
  value       = { for name, pair in module.pair : name => pair.connection_state }
}
