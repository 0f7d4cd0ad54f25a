# What AWS would answer, in the forms that the provider asks for. For the tests of this module, and of what calls it.

mock_data "aws_subnet" {
  defaults = { cidr_block = "10.40.1.0/24" }
}

mock_resource "aws_lb" {
  defaults = { arn = "arn:aws:elasticloadbalancing:us-east-2:123456789012:loadbalancer/net/plr/0123456789abcdef" }
}

mock_resource "aws_lb_target_group" {
  defaults = { arn = "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/plr/0123456789abcdef" }
}

mock_resource "aws_vpc_endpoint_service" {
  defaults = { id = "vpce-svc-0123456789abcdef0", service_name = "com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0" }
}
