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

variable "deletion_protection" {
  description = "Guards the load balancer against deletion."
  type        = bool
  default     = true
}
