variable "account" {
  type = object({ host = string, id = string })
}

variable "subscription_id" {
  type = string
}

variable "resource_group_name" {
  type = string
}

variable "location" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "nat_subnet_id" {
  type = string
}

# By listener port: the host and its port.
variable "targets" {
  type    = map(string)
  default = { "10000" = "a.corp:1433", "10001" = "b.corp:5432" }
}

variable "engine" {
  type    = map(string)
  default = { idle = "1h" }
}

variable "frontends" {
  type    = list(string)
  default = ["s1"]
}

variable "load_balancer_name" {
  type    = string
  default = "plr-1"
}

variable "zones" {
  type    = set(string)
  default = ["1", "2", "3"]
}

variable "instances" {
  type    = number
  default = 2
}

variable "size" {
  type    = string
  default = "Standard_D2s_v5"
}

variable "bootstrap" {
  type    = string
  default = "#cloud-config\n"
}

variable "nat_addresses" {
  type    = number
  default = 1
}

variable "idle_minutes" {
  type    = number
  default = 30
}

variable "probes" {
  type    = number
  default = 2
}

variable "deny_priority" {
  type    = number
  default = 4096
}

variable "shared_probe" {
  type    = bool
  default = false
}

variable "approve" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = { team = "data" }
}
