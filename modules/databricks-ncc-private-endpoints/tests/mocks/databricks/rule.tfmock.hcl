# What Databricks would answer. For the tests of this module, and of what calls it.

mock_resource "databricks_mws_network_connectivity_config" {
  defaults = { network_connectivity_config_id = "0e9a1c8f-0000-4000-8000-5a0c7d9e1f23" }
}

mock_resource "databricks_mws_ncc_private_endpoint_rule" {
  defaults = {
    rule_id          = "6b0c5f2d-0000-4000-8000-0d1e2f3a4b5c"
    vpc_endpoint_id  = "vpce-0a1b2c3d4e5f60718"
    endpoint_name    = "databricks-1"
    connection_state = "PENDING"
  }
}
