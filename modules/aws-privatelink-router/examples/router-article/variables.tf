variable "region" {
  description = "The AWS region of router and VPC."
  type        = string
  default     = "us-east-2"
}

variable "vpc_id" {
  description = "The VPC of the load balancer."
  type        = string
}

variable "subnet_ids" {
  description = "A subnet in each of two or more zones."
  type        = list(string)
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
}

variable "service_name" {
  description = "The router's name."
  type        = string
  default     = "privatelink-router"
}

variable "target_endpoints" {
  description = "What is to be reached: id is the host name. Meant to come from a file of variables."
  type = list(object({
    id   = string
    port = number
    name = string
  }))
  default = [
    { id = "mysql.analytics.acme-data.com", port = 3306, name = "mysql" },
    { id = "postgres.analytics.acme-data.com", port = 5432, name = "postgres" },
    { id = "postgres.analytics.acme-data.com", port = 6432, name = "pgbouncer" },
    { id = "kafka-1.analytics.acme-data.com", port = 9094, name = "kafka-1" },
  ]
}

variable "service_config" {
  description = "base_port is where listener ports begin. Targets are ip targets and listeners TCP, whatever is asked for: nothing else goes through a private endpoint to a database."
  type = object({
    target_type = optional(string, "ip")
    protocol    = optional(string, "TCP")
    base_port   = optional(number, 10000)
    targets = optional(list(object({
      id          = string
      target_port = number
      protocol    = optional(string)
    })), [])
  })
  default = {}

  validation {
    condition     = var.service_config.target_type == "ip" && var.service_config.protocol == "TCP"
    error_message = "Only target_type \"ip\" and protocol \"TCP\" are possible. Write these, or leave them away."
  }
}

variable "health_check_config" {
  description = "How the load balancer probes the targets."
  type = object({
    port                = optional(string, "traffic-port")
    path                = optional(string)
    protocol            = optional(string, "TCP")
    healthy_threshold   = optional(number, 3)
    unhealthy_threshold = optional(number, 3)
    interval            = optional(number, 30)
    timeout             = optional(number, 10)
  })
  default = {}
}

variable "deletion_protection" {
  description = "Guards the load balancer against deletion."
  type        = bool
  default     = true
}
