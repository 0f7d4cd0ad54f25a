output "endpoint_service_name" {
  description = "What Databricks' private endpoint rule leads to."
  value       = module.router.endpoint_service_name
}

output "connections" {
  description = "What to dial in Databricks for each target."
  value       = module.router.connections
}

output "target_security_group_rules" {
  description = "Inbound rules that the owner of each target has to have."
  value       = module.router.target_security_group_rules
}

output "approval_command" {
  description = "How to accept the private endpoint."
  value       = module.router.approval_command
}
