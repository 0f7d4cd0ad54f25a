output "connections" {
  description = "What to dial in Databricks for each target."
  value       = module.router.connections
}

output "accepted_endpoint_id" {
  description = "The private endpoint, once it is accepted."
  value       = module.router.accepted_endpoint_id
}
