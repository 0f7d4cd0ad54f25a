"""What Elastic Load Balancing refuses and moto accepts, for Network Load Balancers, and what moto answers differently."""

import ipaddress
import re

import moto.elbv2.models as models
import moto.elbv2.responses as responses
from moto.elbv2.exceptions import ELBClientError

from locking import around

# Quotas: docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
LISTENERS_PER_LOAD_BALANCER = 50
TARGETS_PER_LOAD_BALANCER = 500
TARGETS_PER_TARGET_GROUP = 1000
LOAD_BALANCERS_PER_REGION = 50

# What an `ip` target may be: docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
TARGET_NETWORKS = [
    ipaddress.ip_network(cidr) for cidr in ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")
]

Backend = models.ELBv2Backend
Response = responses.ELBV2Response
ENFORCEMENT = "enforce_security_group_inbound_rules_on_private_link_traffic"


def refuse(code, message):
    raise ELBClientError(code, message)


def check_port(port, what):
    if port is not None and not 1 <= int(port) <= 65535:
        refuse("ValidationError", f"{what} port '{port}' is not valid: it must be between 1 and 65535")


def check_name(name, what):
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?", name or "") or name.startswith("internal-"):
        refuse("ValidationError", f"The {what} name '{name}' is not valid")


def check_zones(subnets):
    zones = [subnet.availability_zone for subnet in subnets]
    if len(set(zones)) != len(zones):
        refuse(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        )


def subnets_of(backend, ids):
    return [backend.ec2_backend.get_subnet(subnet_id) for subnet_id in ids]


def is_as_asked(balancer, subnets, security_groups, scheme):
    return (
        {subnet.id for subnet in balancer.subnets} == set(subnets)
        and set(balancer.security_groups) == set(security_groups or [])
        and balancer.scheme == (scheme or "internet-facing")
    )


@around(Backend, "create_load_balancer")
def create_load_balancer(self, proceed, name, security_groups, subnet_ids, subnet_mappings, loadbalancer_type, **rest):
    network = loadbalancer_type == "network"
    if network:
        check_name(name, "load balancer")
        mapped = [mapping["SubnetId"] for mapping in subnet_mappings or []]
        for other in list(self.load_balancers.values()):
            if other.name == name:
                # AWS takes the same order twice, as when a client asks again because the answer was lost.
                if is_as_asked(other, [*subnet_ids, *mapped], security_groups, rest.get("scheme")):
                    return other
                refuse("DuplicateLoadBalancerName", f"A load balancer with the same name '{name}' exists already")
        if len(self.load_balancers) >= LOAD_BALANCERS_PER_REGION:
            refuse("TooManyLoadBalancers", "The maximum number of load balancers has been reached")
        check_zones(subnets_of(self, [*subnet_ids, *mapped]))
        for group in security_groups:
            if self.ec2_backend.get_security_group_from_id(group) is None:
                refuse("InvalidSecurityGroup", f"Security group '{group}' does not exist")
    balancer = proceed()
    if network:
        rename_to_network(self, balancer)
        setattr(balancer, ENFORCEMENT, "on" if security_groups else None)
        balancer.attrs.setdefault("dns_record.client_routing_policy", "any_availability_zone")
        balancer.attrs.setdefault("zonal_shift.config.enabled", "false")
    balancer.state = "active"
    return balancer


def rename_to_network(backend, balancer):
    """moto writes `loadbalancer/app/` into every ARN."""
    old = balancer.arn
    balancer.arn = old.replace(":loadbalancer/app/", ":loadbalancer/net/")
    backend.load_balancers[balancer.arn] = backend.load_balancers.pop(old)
    tags = backend.tagging_service.get_tag_dict_for_resource(old)
    backend.tagging_service.delete_all_tags_for_resource(old)
    backend.tagging_service.tag_resource(balancer.arn, [{"Key": key, "Value": value} for key, value in tags.items()])


@around(Backend, "set_security_groups")
def set_security_groups(self, proceed, arn, sec_groups):
    balancer = self.load_balancers.get(arn)
    if balancer is not None and balancer.type == "network":
        if not balancer.security_groups and sec_groups:
            refuse("InvalidConfigurationRequest", "Security groups cannot be added to a load balancer made without any")
        if balancer.security_groups and not sec_groups:
            refuse("InvalidConfigurationRequest", "Not all security groups can be taken from a network load balancer")
    return proceed()


@around(Response, "set_security_groups")
def answer_set_security_groups(self, proceed):
    answer = proceed()
    params = self._get_params()
    value = params.get("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
    if value:
        setattr(self.elbv2_backend.load_balancers[params["LoadBalancerArn"]], ENFORCEMENT, value)
    return answer


@around(Backend, "set_subnets")
def set_subnets(self, proceed, arn, subnets, subnet_mappings):
    balancer = self.load_balancers.get(arn)
    if balancer is None or balancer.type != "network":
        return proceed()
    wanted = subnets_of(self, [*subnets, *(mapping["SubnetId"] for mapping in subnet_mappings)])
    check_zones(wanted)
    balancer.subnets = wanted
    return [models.AvailabilityZone(subnet) for subnet in wanted]


@around(Backend, "delete_load_balancer")
def delete_load_balancer(self, proceed, arn):
    balancer = self.load_balancers.get(arn)
    if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
        refuse(
            "OperationNotPermitted",
            f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
        )
    if any(arn in service.network_load_balancer_arns for service in list(self.ec2_backend.configurations.values())):
        refuse(
            "ResourceInUse",
            f"Load balancer '{arn}' cannot be deleted because it is currently associated with another service",
        )
    return proceed()


def check_health_check(interval, timeout, healthy, unhealthy, protocol):
    for value, low, high, what in (
        (interval, 5, 300, "interval"),
        (timeout, 2, 120, "timeout"),
        (healthy, 2, 10, "healthy threshold"),
        (unhealthy, 2, 10, "unhealthy threshold"),
    ):
        if value is not None and not low <= int(value) <= high:
            refuse("ValidationError", f"Health check {what} '{value}' must be between {low} and {high}")
    if interval is not None and timeout is not None and int(timeout) > int(interval):
        refuse("ValidationError", f"Health check timeout '{timeout}' must be smaller than or equal to the interval '{interval}'")
    if protocol is not None and protocol not in ("TCP", "HTTP", "HTTPS"):
        refuse("ValidationError", f"Health check protocol '{protocol}' must be one of TCP, HTTP, HTTPS")


@around(Backend, "create_target_group")
def create_target_group(self, proceed, name, **rest):
    check_name(name, "target group")
    check_port(rest.get("port"), "Target group")
    check_health_check(
        rest.get("healthcheck_interval_seconds"),
        rest.get("healthcheck_timeout_seconds"),
        rest.get("healthy_threshold_count"),
        rest.get("unhealthy_threshold_count"),
        rest.get("healthcheck_protocol"),
    )
    return proceed()


@around(Backend, "modify_target_group")
def modify_target_group(self, proceed, arn, **rest):
    group = self.target_groups.get(arn)
    if group is not None:
        check_health_check(
            rest.get("health_check_interval") or group.health_check_interval_seconds,
            rest.get("health_check_timeout") or group.health_check_timeout_seconds,
            rest.get("healthy_threshold_count") or group.healthy_threshold_count,
            rest.get("unhealthy_threshold_count") or group.unhealthy_threshold_count,
            rest.get("health_check_proto") or group.health_check_protocol,
        )
    return proceed()


@around(Backend, "delete_target_group")
def delete_target_group(self, proceed, target_group_arn):
    """AWS takes the deletion of a group that is gone, as when a client asks again because the answer was lost: its
    reference lists ResourceInUse as the only error."""
    return proceed() if target_group_arn in self.target_groups else None


@around(Backend, "modify_target_group_attributes")
def modify_target_group_attributes(self, proceed, target_group_arn, attributes):
    """AWS takes 3600 seconds of deregistration delay, moto stops at 3599."""
    key = "deregistration_delay.timeout_seconds"
    if str(attributes.get(key)) != "3600":
        return proceed()
    attributes[key] = "3599"
    proceed()
    self.target_groups[target_group_arn].attributes[key] = "3600"


def users_of(backend, group_arn):
    """The load balancers that forward to a target group."""
    return [
        balancer
        for balancer in list(backend.load_balancers.values())
        if any(group_arn in forwarded_to(backend, listener) for listener in list(balancer.listeners.values()))
    ]


def forwarded_to(backend, listener):
    return [
        arn
        for action in listener.default_actions
        if action.type == "forward"
        for arn in backend._get_target_group_arns_from(action_data=action.data)
    ]


def balancer_arns(group):
    backend = models.elbv2_backends[group.account_id][group.region_name]
    return [balancer.arn for balancer in users_of(backend, group.arn)]


# moto writes the list at the listener's creation only; a listener that is changed or deleted never updates it.
models.FakeTargetGroup.load_balancer_arns = property(balancer_arns, lambda group, value: None)


def vpc_networks(backend, vpc_id):
    vpc = backend.ec2_backend.get_vpc(vpc_id)
    # What was disassociated stays in the list for a while, in a state of that name, and holds nothing any more.
    return [
        ipaddress.ip_network(item["cidr_block"])
        for item in vpc.cidr_block_association_set
        if not item["cidr_block_state"]["state"].startswith("disassociat")
    ]


def check_target(backend, group, target):
    check_port(target.get("Port"), "Target")
    try:
        address = ipaddress.IPv4Address(target["Id"])
    except ValueError:
        refuse("ValidationError", f"The IP address '{target['Id']}' is not a valid IPv4 address")
    inside = any(address in network for network in vpc_networks(backend, group.vpc_id))
    if not inside and not any(address in network for network in TARGET_NETWORKS):
        refuse("InvalidTarget", f"The IP address '{address}' must be within the VPC, RFC 1918 or RFC 6598")
    zone = target.get("AvailabilityZone")
    if inside and zone == "all":
        refuse("InvalidTarget", f"The Availability Zone 'all' is not valid for '{address}', which is inside the VPC")
    if not inside and zone != "all":
        refuse("InvalidTarget", f"The Availability Zone of '{address}', which is outside the VPC, must be 'all'")
    if zone not in (None, "", "all") and not zone.startswith(group.region_name):
        refuse("ValidationError", f"Availability Zone '{zone}' is not valid")


def count_targets(backend, balancer, extra_groups=(), adding=0):
    groups = {arn for listener in list(balancer.listeners.values()) for arn in forwarded_to(backend, listener)}
    groups.update(extra_groups)
    return sum(len(backend.target_groups[arn].targets) for arn in groups if arn in backend.target_groups) + adding


@around(Backend, "register_targets")
def register_targets(self, proceed, target_group_arn, instances):
    group = self.target_groups.get(target_group_arn)
    if group is not None and group.target_type == "ip":
        for target in instances:
            check_target(self, group, target)
        new = [target for target in instances if target["Id"] not in group.targets]
        if len(group.targets) + len(new) > TARGETS_PER_TARGET_GROUP:
            refuse("TooManyTargets", "The maximum number of targets per target group has been reached")
        for balancer in users_of(self, target_group_arn):
            if count_targets(self, balancer, adding=len(new)) > TARGETS_PER_LOAD_BALANCER:
                refuse("TooManyTargets", f"The maximum number of targets has been reached for '{balancer.arn}'")
    proceed()
    if group is not None:
        for target in instances:
            group.targets[target["Id"]]["AvailabilityZone"] = target.get("AvailabilityZone")


def check_listener(backend, balancer, port, protocol, actions, itself=None):
    check_port(port, "Listener")
    for listener in list(balancer.listeners.values()):
        if listener.arn != itself and port is not None and int(listener.port) == int(port):
            refuse("DuplicateListener", f"A listener already exists on port {port} of load balancer '{balancer.arn}'")
    arns = [
        arn
        for action in actions or []
        if action.get("Type") == "forward"
        for arn in backend._get_target_group_arns_from(action_data=action)
    ]
    for arn in arns:
        group = backend.target_groups.get(arn)
        if group is None:
            continue
        if any(user.arn != balancer.arn for user in users_of(backend, arn)):
            refuse("TargetGroupAssociationLimit", f"Target group '{arn}' is associated with another load balancer")
        if protocol is not None and group.protocol != protocol:
            refuse(
                "InvalidConfigurationRequest",
                f"Listener protocol '{protocol}' and the protocol '{group.protocol}' of target group '{arn}' do not match",
            )
    if count_targets(backend, balancer, extra_groups=arns) > TARGETS_PER_LOAD_BALANCER:
        refuse("TooManyTargets", f"The maximum number of targets has been reached for '{balancer.arn}'")


@around(Backend, "create_listener")
def create_listener(self, proceed, load_balancer_arn, protocol, port, actions, **rest):
    balancer = self.load_balancers.get(load_balancer_arn)
    if balancer is not None and balancer.type == "network":
        self._validate_port_and_protocol(balancer.type, port, protocol)
        check_listener(self, balancer, port, protocol, actions)
        if len(balancer.listeners) >= LISTENERS_PER_LOAD_BALANCER:
            refuse("TooManyListeners", f"The maximum number of listeners has been reached for '{load_balancer_arn}'")
    return proceed()


@around(Backend, "modify_listener")
def modify_listener(self, proceed, arn, port, protocol, actions, **rest):
    for balancer in list(self.load_balancers.values()):
        listener = balancer.listeners.get(arn)
        if listener is not None and balancer.type == "network":
            check_listener(self, balancer, port, protocol or listener.protocol, actions, itself=arn)
    return proceed()


@around(Backend, "modify_listener_attributes")
def modify_listener_attributes(self, proceed, attrs, **rest):
    for item in attrs:
        if item["Key"] == "tcp.idle_timeout.seconds" and not 60 <= int(item["Value"]) <= 6000:
            refuse("ValidationError", f"'{item['Key']}' value '{item['Value']}' must be between 60 and 6000")
    return proceed()
