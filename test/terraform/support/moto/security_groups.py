"""What EC2 refuses of security groups and moto accepts."""

import re

import moto.ec2.models.security_groups as models
from moto.ec2.exceptions import EC2ClientError
from moto.elbv2.models import elbv2_backends

from locking import around

Backend = models.SecurityGroupBackend
DESCRIPTION = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")


def refuse(code, message):
    raise EC2ClientError(code, message)


@around(Backend, "create_security_group")
def create_security_group(self, proceed, name, description, **rest):
    if name.startswith("sg-"):
        refuse("InvalidParameterValue", f"Group names may not be in the format sg-*: {name}")
    if not DESCRIPTION.fullmatch(description or ""):
        refuse("InvalidParameterValue", f"Invalid security group description: {description}")
    return proceed()


@around(Backend, "delete_security_group")
def delete_security_group(self, proceed, group_id, **rest):
    balancers = elbv2_backends[self.account_id][self.region_name].load_balancers
    if any(group_id in balancer.security_groups for balancer in list(balancers.values())):
        refuse("DependencyViolation", f"resource {group_id} has a dependent object")
    return proceed()


def check_rule(protocol, from_port, to_port, ip_ranges):
    if str(protocol) not in ("-1", "tcp", "udp", "icmp", "icmpv6") and not str(protocol).isdigit():
        refuse("InvalidPermission.Malformed", f"Unsupported IP protocol '{protocol}'")
    if str(protocol) in ("tcp", "udp"):
        if from_port is None or to_port is None:
            refuse("InvalidParameterValue", "A port range is required for TCP and UDP")
        if not 0 <= int(from_port) <= int(to_port) <= 65535:
            refuse("InvalidParameterValue", f"Invalid port range {from_port}-{to_port}")
    for item in ip_ranges if isinstance(ip_ranges, list) else []:
        if isinstance(item, dict) and not DESCRIPTION.fullmatch(item.get("Description") or ""):
            refuse("InvalidParameterValue", f"Invalid rule description: {item['Description']}")


@around(Backend, "authorize_security_group_ingress")
def authorize_ingress(self, proceed, ip_protocol, from_port, to_port, ip_ranges, **rest):
    check_rule(ip_protocol, from_port, to_port, ip_ranges)
    return proceed()


@around(Backend, "authorize_security_group_egress")
def authorize_egress(self, proceed, ip_protocol, from_port, to_port, ip_ranges, **rest):
    check_rule(ip_protocol, from_port, to_port, ip_ranges)
    return proceed()
