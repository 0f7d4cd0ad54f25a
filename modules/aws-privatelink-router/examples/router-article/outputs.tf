output "endpoint_service_name" {
  description = "What Databricks' private endpoint rule leads to."
  value       = module.router.endpoint_service_name
}

output "listener_ports" {
  description = "The port that clients dial, of each target."
  value       = module.router.listener_ports
}

output "approval_command" {
  description = "How to accept the private endpoint."
  value       = module.router.approval_command
}
