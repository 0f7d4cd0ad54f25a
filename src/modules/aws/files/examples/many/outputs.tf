output "connections" {
  description = "What to dial in Databricks for each target, by router."
  value       = { for name, pair in module.pair : name => pair.connections }
}

output "accepted_endpoint_ids" {
  description = "The private endpoint of each router, once it is accepted."
  value       = { for name, pair in module.pair : name => pair.accepted_endpoint_id }
}
