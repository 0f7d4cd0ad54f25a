output "private_link_service_id" {
  description = "What a private endpoint leads to."
  value       = module.forwarder.private_link_service_id
}

output "connections" {
  description = "What to dial for each target."
  value       = module.forwarder.connections
}

output "firewall_rules" {
  description = "What firewalls have to admit."
  value       = module.forwarder.firewall_rules
}
