# What the module refuses while Terraform plans. No credentials, no network: both providers are mocked.

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

variables {
  name       = "analytics"
  region     = "us-east-2"
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  approval   = "manual"
  targets    = []
}

run "two_targets_of_one_name" {
  command = plan

  variables {
    targets = [
      { name = "orders-db", host = "10.40.7.12", preset = "postgres", domain = "orders.acme-data.com" },
      { name = "orders-db", host = "10.40.7.13", preset = "postgres", domain = "ledger.acme-data.com" },
    ]
  }

  expect_failures = [var.targets]
}

run "two_targets_that_ask_for_one_port" {
  command = plan

  variables {
    targets = [
      { name = "a", host = "10.40.7.12", preset = "postgres", domain = "a.acme-data.com", listener_port = 5432 },
      { name = "b", host = "10.40.7.13", preset = "postgres", domain = "b.acme-data.com", listener_port = 5432 },
    ]
  }

  expect_failures = [var.targets]
}

run "fifty_one_targets" {
  command = plan

  variables {
    domains = { shared = "all.acme-data.com" }
    targets = [for i in range(51) : { name = "t${i}", host = "10.40.7.${i}", port = 5432 }]
  }

  expect_failures = [var.targets]
}

run "a_public_address" {
  command = plan

  variables {
    targets = [{ name = "a", host = "8.8.8.8", preset = "postgres", domain = "a.acme-data.com" }]
  }

  expect_failures = [var.targets]
}

run "a_name_where_an_address_belongs" {
  command = plan

  variables {
    targets = [{ name = "a", host = "a.acme-data.com", preset = "postgres", addresses = ["a.acme-data.com"] }]
  }

  expect_failures = [var.targets]
}

run "an_approval_of_another_kind" {
  command = plan

  variables {
    approval = "automatic"
  }

  expect_failures = [var.approval]
}

run "a_port_that_another_has_by_its_position" {
  command = plan

  variables {
    targets = [
      { name = "a", host = "10.40.7.12", preset = "postgres", domain = "a.acme-data.com" },
      { name = "b", host = "10.40.7.13", preset = "postgres", domain = "b.acme-data.com", listener_port = 10000 },
    ]
  }

  expect_failures = [aws_lb.this]
}

run "eleven_domains" {
  command = plan

  variables {
    targets = [for i in range(11) : { name = "t${i}", host = "10.40.7.${i}", port = 5432, domain = "d${i}.acme-data.com" }]
  }

  expect_failures = [aws_lb.this]
}

run "an_address_without_a_name" {
  command = plan

  variables {
    targets = [{ name = "a", host = "10.40.7.12", preset = "postgres" }]
  }

  expect_failures = [aws_lb.this]
}

run "an_endpoint_that_nobody_wired" {
  command = plan

  variables {
    approval = "terraform"
  }

  expect_failures = [aws_vpc_endpoint_connection_accepter.this]
}

run "a_provider_of_another_region" {
  command = plan

  variables {
    region = "eu-west-1"
  }

  expect_failures = [data.aws_vpc.vpc]
}
