output "private_endpoint_id" {
  description = "The VPC endpoint that the owner of the endpoint service has to accept."
  value       = module.databricks.private_endpoint_id
}

output "connection_state" {
  description = "Only ESTABLISHED carries traffic."
  value       = module.databricks.connection_state
}
