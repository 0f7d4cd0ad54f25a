output "ncc_id" {
  description = "The network connectivity configuration."
  value       = module.orders.ncc_id
}

output "private_endpoint_ids" {
  description = "The VPC endpoints that the owners of the endpoint services have to accept."
  value = {
    orders  = module.orders.private_endpoint_id
    billing = module.billing.private_endpoint_id
  }
}
