# Needs no credentials: terraform test, from 1.7 on.
mock_provider "databricks" {
  source = "./tests/mocks/databricks"
}

variables {
  region           = "us-east-2"
  ncc              = { name = "analytics-use2", workspace_ids = ["1234567890123456", "2002"] }
  domain_names     = ["orders.corp.example.com"]
  endpoint_service = "com.amazonaws.vpce.us-east-2.vpce-svc-0a1b2c3d4e5f60718"
}

run "makes_configuration_rule_and_bindings" {
  assert {
    condition     = databricks_mws_network_connectivity_config.ncc[0].name == "analytics-use2"
    error_message = "The configuration is made by its name."
  }
  assert {
    condition     = databricks_mws_ncc_private_endpoint_rule.this.endpoint_service == var.endpoint_service && databricks_mws_ncc_private_endpoint_rule.this.resource_id == null
    error_message = "The rule leads to the endpoint service."
  }
  assert {
    condition     = sort(keys(databricks_mws_ncc_binding.workspace)) == tolist(["1234567890123456", "2002"])
    error_message = "Each workspace has a binding, keyed by its id."
  }
  assert {
    condition     = output.ncc_id == "0e9a1c8f-0000-4000-8000-5a0c7d9e1f23" && output.private_endpoint_id == "vpce-0a1b2c3d4e5f60718"
    error_message = "The outputs are the ids that Databricks gave."
  }
}

run "uses_a_configuration_that_exists" {
  variables {
    ncc = { id = "7a99b43c-0000-4000-8000-814217701909" }
  }
  assert {
    condition     = length(databricks_mws_network_connectivity_config.ncc) == 0 && databricks_mws_ncc_private_endpoint_rule.this.network_connectivity_config_id == "7a99b43c-0000-4000-8000-814217701909"
    error_message = "The rule stands in the configuration that exists."
  }
  assert {
    condition     = length(databricks_mws_ncc_binding.workspace) == 0
    error_message = "No workspace is bound that was not listed."
  }
}

run "sorts_and_lowers_domains" {
  variables {
    domain_names = ["b.example.com", "A.example.com.", "a.example.com", "B.Example.COM"]
  }
  assert {
    condition     = output.domain_names == tolist(["a.example.com", "b.example.com"]) && databricks_mws_ncc_private_endpoint_rule.this.domain_names == tolist(["a.example.com", "b.example.com"])
    error_message = "Domains are lower case, unique and sorted."
  }
}

run "leads_to_a_private_link_service" {
  variables {
    region           = "eastus2"
    endpoint_service = null
    resource_id      = "/subscriptions/0f5b6c1e-0000-4000-8000-1a2b3c4d5e6f/resourceGroups/rg/providers/Microsoft.Network/privateLinkServices/plr"
  }
  assert {
    condition     = databricks_mws_ncc_private_endpoint_rule.this.resource_id == var.resource_id && databricks_mws_ncc_private_endpoint_rule.this.endpoint_service == null
    error_message = "The rule leads to the Private Link Service, and names no group."
  }
}

run "refuses_more_domains_than_a_rule_takes" {
  command = plan
  variables {
    domain_names = [for n in range(11) : "db${n}.example.com"]
  }
  expect_failures = [databricks_mws_ncc_private_endpoint_rule.this]
}

run "takes_more_where_databricks_raised_it" {
  command = plan
  variables {
    region           = "eastus2"
    endpoint_service = null
    resource_id      = "/subscriptions/0f5b6c1e-0000-4000-8000-1a2b3c4d5e6f/resourceGroups/rg/providers/Microsoft.Network/privateLinkServices/plr"
    domain_names     = [for n in range(11) : "db${n}.example.com"]
    limits           = { domains_per_rule_azure = 100 }
  }
}

run "refuses_both_services" {
  command = plan
  variables {
    resource_id = "/subscriptions/0f5b6c1e-0000-4000-8000-1a2b3c4d5e6f/resourceGroups/rg/providers/Microsoft.Network/privateLinkServices/plr"
  }
  expect_failures = [databricks_mws_ncc_private_endpoint_rule.this]
}

run "refuses_a_name_and_an_id" {
  command = plan
  variables {
    ncc = { name = "analytics-use2", id = "7a99b43c-0000-4000-8000-814217701909" }
  }
  expect_failures = [var.ncc]
}

run "refuses_a_region_that_is_none" {
  command = plan
  variables {
    region = "East US 2"
  }
  expect_failures = [var.region]
}

run "refuses_addresses_and_wildcards" {
  command = plan
  variables {
    domain_names = ["*.example.com", "10.0.0.1"]
  }
  expect_failures = [var.domain_names]
}

run "refuses_a_load_balancer" {
  command = plan
  variables {
    endpoint_service = "arn:aws:elasticloadbalancing:us-east-2:123456789012:loadbalancer/net/plr/0123456789abcdef"
  }
  expect_failures = [var.endpoint_service]
}

run "refuses_the_alias_of_a_private_link_service" {
  command = plan
  variables {
    region           = "eastus2"
    endpoint_service = null
    resource_id      = "plr.0f5b6c1e-0000-4000-8000-1a2b3c4d5e6f.eastus2.azure.privatelinkservice"
  }
  expect_failures = [var.resource_id]
}

run "refuses_half_a_domain_as_a_limit" {
  command = plan
  variables {
    limits = { domains_per_rule_azure = 10.5 }
  }
  expect_failures = [var.limits]
}
