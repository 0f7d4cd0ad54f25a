output "connections" {
  description = "What to dial in Databricks for each target."
  value       = module.forwarder.connections
}

output "firewall_rules" {
  description = "What firewalls between the forwarders and the targets have to admit."
  value       = module.forwarder.firewall_rules
}

output "egress_address" {
  description = "Address as which the forwarders appear in the internet."
  value       = module.forwarder.egress_address
}

output "connection_state" {
  description = "State of the private endpoint when Terraform last looked."
  value       = module.databricks.connection_state
}

output "rejection_commands" {
  description = "To run before the router is destroyed."
  value       = module.forwarder.rejection_commands
}
