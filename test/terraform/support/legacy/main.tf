# A router as many teams have it: a list of endpoints, and a listener port that is the place in that list.
variable "service_name" {
  type    = string
  default = "shared-router"
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "target_endpoints" {
  type = list(object({ id = string, port = number, name = string, portless = optional(bool, false) }))
}

variable "base_port" {
  type    = number
  default = 10000
}

variable "health_check" {
  type    = object({ protocol = string, interval = number, timeout = number })
  default = { protocol = "TCP", interval = 30, timeout = 10 }
}

locals {
  endpoints = { for position, endpoint in var.target_endpoints : endpoint.id => merge(endpoint, { position = position }) }
  addresses = merge([
    for id, found in data.dns_a_record_set.endpoint : { for address in found.addrs : "${id}-${address}" => { id = id, address = address } }
  ]...)
}

data "dns_a_record_set" "endpoint" {
  for_each = local.endpoints
  host     = each.key
}

resource "aws_security_group" "nlb_ingress" {
  name        = "${var.service_name}-nlb"
  description = "Clients of the shared router"
  vpc_id      = var.vpc_id
}

resource "aws_security_group_rule" "nlb_ingress" {
  type              = "ingress"
  security_group_id = aws_security_group.nlb_ingress.id
  protocol          = "tcp"
  from_port         = var.base_port
  to_port           = var.base_port + length(var.target_endpoints)
  cidr_blocks       = ["10.0.0.0/8"]
}

resource "aws_security_group_rule" "nlb_egress" {
  type              = "egress"
  security_group_id = aws_security_group.nlb_ingress.id
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["10.0.0.0/8"]
}

resource "aws_lb" "lb" {
  name               = "${var.service_name}-nlb"
  internal           = true
  load_balancer_type = "network"
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.nlb_ingress.id]
  tags               = { Name = var.service_name }
}

resource "aws_lb_target_group" "target" {
  for_each    = local.endpoints
  name        = "${var.service_name}-nlb-tg-${each.value.name}"
  port        = each.value.port
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = var.vpc_id

  health_check {
    protocol = var.health_check.protocol
    interval = var.health_check.interval
    timeout  = var.health_check.timeout
  }
}

resource "aws_lb_target_group_attachment" "tga" {
  for_each         = local.addresses
  target_group_arn = aws_lb_target_group.target[each.value.id].arn
  target_id        = each.value.address
  # Without a port of its own an address has the group's.
  port = local.endpoints[each.value.id].portless ? null : local.endpoints[each.value.id].port
}

resource "aws_lb_listener" "listener" {
  for_each          = local.endpoints
  load_balancer_arn = aws_lb.lb.arn
  port              = var.base_port + each.value.position
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.target[each.key].arn
  }
}

resource "aws_vpc_endpoint_service" "privatelink" {
  acceptance_required        = true
  network_load_balancer_arns = [aws_lb.lb.arn]
  allowed_principals         = ["arn:aws:iam::565502421330:role/private-connectivity-role-us-east-2"]
}

output "service_name" {
  value = aws_vpc_endpoint_service.privatelink.service_name
}
