# What the module makes of its inputs. No credentials, no network: both providers are mocked.

mock_provider "aws" {
  source = "./tests/mocks/aws"
  mock_data "aws_vpc" {
    defaults = {
      arn                     = "arn:aws:ec2:us-east-2:123456789012:vpc/vpc-0a1b2c3d4e5f60718"
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.40.0.0/16", state = "associated" }]
    }
  }
  mock_data "aws_subnet" {
    defaults = { vpc_id = "vpc-0a1b2c3d4e5f60718", availability_zone = "us-east-2a", cidr_block = "10.40.1.0/24" }
  }
}

mock_provider "dns" {}

override_data {
  target = data.dns_a_record_set.address
  values = { addrs = ["10.40.9.1", "10.60.9.2"] }
}

variables {
  name       = "analytics"
  region     = "us-east-2"
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  approval   = "manual"
  targets = [
    { name = "orders-db", host = "10.40.7.12", preset = "postgres", domain = "Orders.Acme-Data.com." },
    { name = "ledger", host = "10.60.7.30", port = 1521, domain = "ledger.acme-data.com" },
  ]
}

run "ports_by_position" {
  command = plan

  assert {
    condition     = output.listener_ports == { orders-db = 10000, ledger = 10001 }
    error_message = "A target without listener_port listens on base_port + its position."
  }
  assert {
    condition     = aws_lb_listener.listener["ledger"].port == 10001
    error_message = "The listener has the port that the output tells."
  }
  assert {
    condition     = output.connections["orders-db"] == { domain = "orders.acme-data.com", listener_port = 10000, shard = "analytics-1", host = "10.40.7.12", port = 5432 }
    error_message = "A connection tells what to dial, and the preset knows the port."
  }
}

run "a_disabled_target_keeps_its_slot" {
  command = plan

  variables {
    targets = [
      { name = "orders-db", host = "10.40.7.12", preset = "postgres", domain = "orders.acme-data.com", enabled = false },
      { name = "ledger", host = "10.60.7.30", port = 1521, domain = "ledger.acme-data.com" },
    ]
  }

  assert {
    condition     = output.listener_ports == { ledger = 10001 }
    error_message = "The next target's port does not move."
  }
  assert {
    condition     = output.domains == tolist(["ledger.acme-data.com"])
    error_message = "The rule leads only to what listens."
  }
}

run "ports_of_ones_own" {
  command = plan

  variables {
    base_port = 20000
    targets = [
      { name = "a", host = "10.40.7.12", port = 5432, domain = "a.acme-data.com", listener_port = 5432 },
      { name = "b", host = "10.40.7.13", port = 5432, domain = "b.acme-data.com" },
    ]
  }

  assert {
    condition     = output.listener_ports == { a = 5432, b = 20001 }
    error_message = "listener_port wins, and the position still counts."
  }
}

run "names" {
  command = plan

  assert {
    condition     = can(regex("^plr-analytics-1-[0-9a-f]{8}$", aws_lb.this.name)) && length(aws_lb.this.name) <= 32
    error_message = "The load balancer is named after the router."
  }
  assert {
    condition     = can(regex("^orders-db-[0-9a-f]{8}$", aws_lb_target_group.target["orders-db"].name))
    error_message = "A target group is named after its target."
  }
}

run "names_that_were_taken_over" {
  command = plan

  variables {
    load_balancer_name  = "privatelink-router-nlb"
    security_group_name = "privatelink-router"
    targets = [
      { name = "mysql", host = "10.40.7.12", preset = "mysql", domain = "mysql.acme-data.com", target_group_name = "privatelink-router-nlb-tg-mysql" },
    ]
  }

  assert {
    condition     = aws_lb.this.name == "privatelink-router-nlb" && aws_security_group.load_balancer.name == "privatelink-router" && aws_lb_target_group.target["mysql"].name == "privatelink-router-nlb-tg-mysql"
    error_message = "A name that is given is the name."
  }
  assert {
    condition     = keys(aws_lb_target_group_attachment.address) == ["privatelink-router-nlb-tg-mysql/10.40.7.12"]
    error_message = "Attachments are keyed by target group and address."
  }
}

run "addresses_inside_and_outside_the_vpc" {
  command = plan

  assert {
    condition     = keys(aws_vpc_security_group_egress_rule.egress) == ["1521/10.60.7.30/32", "5432/10.40.0.0/16"]
    error_message = "Out to the VPC's network by port, and to every other address by itself."
  }
  assert {
    condition     = sort([for a in values(aws_lb_target_group_attachment.address) : "${a.target_id} ${coalesce(a.availability_zone, "none")}"]) == tolist(["10.40.7.12 none", "10.60.7.30 all"])
    error_message = "AWS asks for all zones outside the VPC only."
  }
}

run "names_that_terraform_resolves" {
  command = plan

  variables {
    targets = [{ name = "orders-db", host = "orders.acme-data.com", preset = "postgres" }]
  }

  assert {
    condition     = sort([for a in values(aws_lb_target_group_attachment.address) : a.target_id]) == tolist(["10.40.9.1", "10.60.9.2"])
    error_message = "Every address of the name is attached."
  }
  assert {
    condition     = output.domains == tolist(["orders.acme-data.com"])
    error_message = "The host is the domain where none is given."
  }
}

run "addresses_that_are_given" {
  command = plan

  variables {
    targets = [{ name = "orders-db", host = "orders.acme-data.com", preset = "postgres", addresses = ["10.40.7.12", "10.60.7.13"] }]
  }

  assert {
    condition     = keys(aws_lb_target_group_attachment.address) == ["orders-db/0", "orders-db/1"]
    error_message = "Given addresses are keyed by their position, which is known before they are."
  }
  assert {
    condition     = keys(aws_vpc_security_group_egress_rule.egress) == ["5432/orders-db/0", "5432/orders-db/1"] && aws_vpc_security_group_egress_rule.egress["5432/orders-db/1"].cidr_ipv4 == "10.60.7.13/32"
    error_message = "Each has a rule of its own."
  }
  assert {
    condition     = length(data.dns_a_record_set.address) == 0
    error_message = "Nothing is resolved."
  }
}

run "one_name_for_all" {
  command = plan

  variables {
    domains = { shared = "databases.acme-data.com" }
    targets = [
      { name = "a", host = "10.40.7.12", preset = "postgres" },
      { name = "b", host = "10.40.7.13", preset = "mysql" },
      { name = "c", host = "10.40.7.14", preset = "oracle", domain = "oracle.acme-data.com" },
    ]
  }

  assert {
    condition     = output.domains == tolist(["databases.acme-data.com", "oracle.acme-data.com"])
    error_message = "Targets without a domain of their own share the one of all."
  }
}

run "health_checks_and_timeouts" {
  command = plan

  variables {
    idle_timeout = 120
    health_check = { interval = 20 }
    targets = [
      { name = "plain", host = "10.40.7.12", port = 5432, domain = "plain.acme-data.com" },
      { name = "mysql", host = "10.40.7.13", preset = "mysql", domain = "mysql.acme-data.com", idle_timeout = 600 },
      { name = "web", host = "10.40.7.14", preset = "https", domain = "web.acme-data.com", health_check = { protocol = "HTTPS", port = 8443, interval = 30 } },
    ]
  }

  assert {
    condition     = [for name in ["plain", "mysql", "web"] : aws_lb_target_group.target[name].health_check[0].interval] == [20, 20, 30]
    error_message = "A target's own value wins over the module's, and that over the preset's."
  }
  assert {
    condition     = aws_lb_target_group.target["mysql"].health_check[0].timeout == 10 && aws_lb_target_group.target["plain"].health_check[0].timeout == 5
    error_message = "What nobody says is the preset's."
  }
  assert {
    condition     = aws_lb_target_group.target["web"].health_check[0].path == "/" && aws_lb_target_group.target["web"].health_check[0].matcher == "200-399" && aws_lb_target_group.target["web"].health_check[0].port == "8443"
    error_message = "HTTP has a path and a matcher."
  }
  assert {
    condition     = [for name in ["plain", "mysql", "web"] : aws_lb_listener.listener[name].tcp_idle_timeout_seconds] == [120, 600, 120]
    error_message = "Idle timeouts as well."
  }
  assert {
    condition     = keys(aws_vpc_security_group_egress_rule.egress) == ["3306/10.40.0.0/16", "443/10.40.0.0/16", "5432/10.40.0.0/16", "8443/10.40.0.0/16"]
    error_message = "A health check on another port is let out too."
  }
}

run "no_target_at_all" {
  command = plan

  variables {
    targets = []
  }

  assert {
    condition     = length(aws_lb_listener.listener) == 0 && length(output.domains) == 0
    error_message = "A router can begin empty."
  }
}

run "targets_that_are_all_disabled" {
  command = plan

  variables {
    targets = [{ name = "a", host = "10.40.7.12", preset = "postgres", domain = "a.acme-data.com", enabled = false }]
  }

  assert {
    condition     = length(aws_lb_listener.listener) == 0 && output.domains == tolist(["a.acme-data.com"])
    error_message = "Databricks' rule needs a name: it keeps the disabled targets'."
  }
}

run "rules_of_the_targets_own_groups" {
  command = plan

  variables {
    targets = [
      { name = "a", host = "10.40.7.12", preset = "postgres", domain = "a.acme-data.com", security_group_ids = ["sg-0a1b2c3d4e5f60718"] },
      { name = "b", host = "10.40.7.13", preset = "postgres", domain = "b.acme-data.com", security_group_ids = ["sg-0a1b2c3d4e5f60718"] },
    ]
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.target_admission : key => rule.cidr_ipv4 } == { "sg-0a1b2c3d4e5f60718/5432/subnet-0a1b2c3d4e5f60718" = "10.40.1.0/24" }
    error_message = "Two targets behind one group and port need a rule once for each subnet."
  }
}

run "commands_for_groups_of_other_accounts" {
  command = plan

  variables {
    targets = [
      { name = "a", host = "10.40.7.12", preset = "postgres", domain = "a.acme-data.com", security_group_ids = ["210987654321/sg-0b1c2d3e4f5061728", "sg-0a1b2c3d4e5f60718"] },
      { name = "b", host = "10.40.7.13", port = 1521, domain = "b.acme-data.com", security_group_ids = ["210987654321/sg-0b1c2d3e4f5061728"] },
      { name = "c", host = "10.40.7.14", port = 3306, domain = "c.acme-data.com", enabled = false, security_group_ids = ["210987654321/sg-0b1c2d3e4f5061728"] },
    ]
  }

  assert {
    condition     = join(",", keys(aws_vpc_security_group_ingress_rule.target_admission)) == "sg-0a1b2c3d4e5f60718/5432/subnet-0a1b2c3d4e5f60718"
    error_message = "No rule is made in another account."
  }
  assert {
    condition = output.foreign_security_group_commands == {
      "210987654321/sg-0b1c2d3e4f5061728" = "aws ec2 authorize-security-group-ingress --region us-east-2 --group-id sg-0b1c2d3e4f5061728 --ip-permissions 'IpProtocol=tcp,FromPort=1521,ToPort=1521,IpRanges=[{CidrIp=10.40.1.0/24,Description=privatelink-router}]' 'IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[{CidrIp=10.40.1.0/24,Description=privatelink-router}]'"
    }
    error_message = "The owner gets every port, of enabled targets."
  }
}

run "acceptance_by_the_same_apply" {
  command = plan

  variables {
    approval            = "terraform"
    private_endpoint_id = "vpce-0123456789abcdef0"
  }

  assert {
    condition     = aws_vpc_endpoint_connection_accepter.this[0].vpc_endpoint_id == "vpce-0123456789abcdef0"
    error_message = "The endpoint that is named is accepted, and no other."
  }
  assert {
    condition     = output.accepted_endpoint_id == "vpce-0123456789abcdef0" && output.approval_command == null
    error_message = "Nobody has to run a command."
  }
}

run "acceptance_by_hand" {
  variables {
    private_endpoint_id = "vpce-0123456789abcdef0"
  }

  assert {
    condition     = length(aws_vpc_endpoint_connection_accepter.this) == 0 && output.accepted_endpoint_id == null
    error_message = "The module accepts nothing."
  }
  assert {
    condition     = output.approval_command == "aws ec2 accept-vpc-endpoint-connections --region us-east-2 --service-id vpce-svc-0123456789abcdef0 --vpc-endpoint-ids vpce-0123456789abcdef0"
    error_message = "The command is complete."
  }
}

run "govcloud" {
  command = plan

  variables {
    region   = "us-gov-west-1"
    govcloud = "dod"
  }

  override_data {
    target = data.aws_vpc.vpc
    values = {
      arn                     = "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718"
      cidr_block_associations = [{ association_id = "a", cidr_block = "10.40.0.0/16", state = "associated" }]
    }
  }

  assert {
    condition     = tolist(aws_vpc_endpoint_service.this.allowed_principals) == tolist(["arn:aws-us-gov:iam::347034940029:role/private-connectivity-role-us-gov-west-1"])
    error_message = "The role of the other Databricks is admitted."
  }
}
