"""Asks the strict moto for what AWS refuses, and for the nearest thing that AWS takes. Prints what became of each case."""

import json
import sys
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-2"
PRINCIPAL = f"arn:aws:iam::565502421330:role/private-connectivity-role-{REGION}"
endpoint, door = sys.argv[1], sys.argv[2]
options = {
    "region_name": REGION,
    "endpoint_url": endpoint,
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
    # The values are to reach the server as they are, and a broken server is to show at once.
    "config": Config(parameter_validation=False, retries={"max_attempts": 1}),
}
ec2 = boto3.client("ec2", **options)
elb = boto3.client("elbv2", **options)
CASES = {}
names = iter(range(10_000))


def case(function):
    CASES[function.__name__] = function
    return function


def ask(path, body):
    return json.loads(urllib.request.urlopen(f"{door}/{path}", data=json.dumps(body).encode()).read())


def name(prefix):
    return f"{prefix}-{next(names)}"


def seed(**changes):
    wanted = {
        "region": REGION,
        "cidr": "10.90.0.0/16",
        "secondaryCidrs": ["100.64.0.0/16"],
        "goneCidrs": ["10.20.0.0/16"],
        "subnets": [{"cidr": "10.90.1.0/24", "zone": REGION + "a"}, {"cidr": "10.90.2.0/24", "zone": REGION + "b"}],
    }
    return ask("vpc", {**wanted, **changes})


VPC = seed()
CROWDED = seed(subnets=[{"cidr": "10.90.1.0/24", "zone": REGION + "a"}, {"cidr": "10.90.2.0/24", "zone": REGION + "a"}])


def security_group(**changes):
    return ec2.create_security_group(**{"GroupName": name("group"), "Description": "group", "VpcId": VPC["vpcId"], **changes})["GroupId"]


def balancer(**changes):
    wanted = {"Name": name("lb"), "Type": "network", "Scheme": "internal", "Subnets": VPC["subnetIds"]}
    return elb.create_load_balancer(**{**wanted, **changes})["LoadBalancers"][0]["LoadBalancerArn"]


def target_group(**changes):
    wanted = {"Name": name("tg"), "Protocol": "TCP", "Port": 5432, "VpcId": VPC["vpcId"], "TargetType": "ip"}
    return elb.create_target_group(**{**wanted, **changes})["TargetGroups"][0]["TargetGroupArn"]


def listener(load_balancer, port, group=None, **changes):
    action = {"Type": "forward", "TargetGroupArn": group or target_group()}
    wanted = {"LoadBalancerArn": load_balancer, "Protocol": "TCP", "Port": port, "DefaultActions": [action]}
    return elb.create_listener(**{**wanted, **changes})["Listeners"][0]["ListenerArn"]


def register(target, group=None, **changes):
    elb.register_targets(TargetGroupArn=group or target_group(), Targets=[{"Id": target, **changes}])


def service(load_balancer):
    answer = ec2.create_vpc_endpoint_service_configuration(NetworkLoadBalancerArns=[load_balancer], AcceptanceRequired=True)
    made = answer["ServiceConfiguration"]
    ec2.modify_vpc_endpoint_service_permissions(ServiceId=made["ServiceId"], AddAllowedPrincipals=[PRINCIPAL])
    return made


def connected():
    made, endpoint_id = service(balancer()), f"vpce-0{next(names):016x}"
    answer = ask("connect", {"service": made["ServiceName"], "vpc_endpoint_id": endpoint_id, "principal": PRINCIPAL})
    assert answer["refusal"] is None, answer
    return made["ServiceId"], endpoint_id


def settled(answer):
    for item in answer["Unsuccessful"]:
        raise ClientError({"Error": item["Error"]}, "batch")


def rule(kind, group, **changes):
    wanted = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    getattr(ec2, f"authorize_security_group_{kind}")(GroupId=group, IpPermissions=[{**wanted, **changes}])


@case
def target_inside():
    register("10.90.1.5")


@case
def target_inside_secondary_cidr():
    register("100.64.7.7")


@case
def target_inside_disassociated_cidr():
    register("10.20.1.5")


@case
def target_inside_disassociated_cidr_with_all():
    register("10.20.1.5", AvailabilityZone="all")


@case
def target_inside_with_all():
    register("10.90.1.5", AvailabilityZone="all")


@case
def target_inside_secondary_cidr_with_all():
    register("100.64.7.7", AvailabilityZone="all")


@case
def target_outside():
    register("10.1.1.1")


@case
def target_outside_with_all():
    register("10.1.1.1", AvailabilityZone="all")


@case
def target_in_a_zone_elsewhere():
    register("10.90.1.5", AvailabilityZone="eu-west-1a")


@case
def target_hostname():
    register("db.corp.example")


@case
def target_public():
    register("8.8.8.8", AvailabilityZone="all")


@case
def target_loopback():
    register("127.0.0.1", AvailabilityZone="all")


@case
def target_link_local():
    register("169.254.169.254", AvailabilityZone="all")


@case
def target_port_70000():
    register("10.90.1.5", Port=70000)


@case
def targets_500_of_a_load_balancer():
    fill(500)


@case
def targets_501_of_a_load_balancer():
    fill(501)


def fill(count):
    load_balancer, groups = balancer(), [target_group(), target_group()]
    for index, group in enumerate(groups):
        listener(load_balancer, 10000 + index, group)
    for index in range(count):
        register(f"10.90.{10 + index // 250}.{index % 250 + 1}", groups[index % 2])


@case
def listeners_50():
    listen(50)


@case
def listeners_51():
    listen(51)


def listen(count):
    load_balancer = balancer()
    for index in range(count):
        listener(load_balancer, 10000 + index)


@case
def listener_port_twice():
    load_balancer = balancer()
    listener(load_balancer, 10000)
    listener(load_balancer, 10000)


@case
def listener_moved_to_a_taken_port():
    load_balancer = balancer()
    listener(load_balancer, 10000)
    elb.modify_listener(ListenerArn=listener(load_balancer, 10001), Port=10000)


@case
def listener_moved_to_a_free_port():
    load_balancer = balancer()
    elb.modify_listener(ListenerArn=listener(load_balancer, 10001), Port=10002)


@case
def listener_port_70000():
    listener(balancer(), 70000)


@case
def listener_http():
    listener(balancer(), 80, target_group(), Protocol="HTTP")


@case
def listener_udp_to_tcp():
    listener(balancer(), 53, target_group(), Protocol="UDP")


@case
def listener_idle_timeout_too_long():
    attributes = [{"Key": "tcp.idle_timeout.seconds", "Value": "6001"}]
    elb.modify_listener_attributes(ListenerArn=listener(balancer(), 10000), Attributes=attributes)


@case
def target_group_of_two_load_balancers():
    group = target_group()
    listener(balancer(), 10000, group)
    listener(balancer(), 10000, group)


@case
def target_group_of_two_listeners():
    group, load_balancer = target_group(), balancer()
    listener(load_balancer, 10000, group)
    listener(load_balancer, 10001, group)


@case
def target_group_deleted_in_use():
    group = target_group()
    listener(balancer(), 10000, group)
    elb.delete_target_group(TargetGroupArn=group)


@case
def target_group_name_twice():
    target_group(Name="twice")
    target_group(Name="twice", Port=1433)


@case
def target_group_name_of_33():
    target_group(Name="x" * 33)


@case
def target_group_port_70000():
    target_group(Port=70000)


@case
def health_check_timeout_above_interval():
    target_group(HealthCheckProtocol="TCP", HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=6)


@case
def health_check_timeout_equal_to_interval():
    target_group(HealthCheckProtocol="TCP", HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=5)


@case
def health_check_interval_changed_below_timeout():
    group = target_group(HealthCheckProtocol="TCP", HealthCheckIntervalSeconds=30, HealthCheckTimeoutSeconds=20)
    elb.modify_target_group(TargetGroupArn=group, HealthCheckIntervalSeconds=10)


@case
def health_check_threshold_of_11():
    target_group(HealthyThresholdCount=11)


@case
def health_check_udp():
    target_group(HealthCheckProtocol="UDP")


@case
def deregistration_delay_of_3600():
    attributes = [{"Key": "deregistration_delay.timeout_seconds", "Value": "3600"}]
    elb.modify_target_group_attributes(TargetGroupArn=target_group(), Attributes=attributes)


@case
def deregistration_delay_of_3601():
    attributes = [{"Key": "deregistration_delay.timeout_seconds", "Value": "3601"}]
    elb.modify_target_group_attributes(TargetGroupArn=target_group(), Attributes=attributes)


@case
def load_balancer_name_twice():
    balancer(Name="twice")
    balancer(Name="twice", Subnets=VPC["subnetIds"][:1])


def delete_listener_twice(invocations):
    port = listener(balancer(), 10000)
    asked = iter(invocations)

    def name_invocation(request, **_):
        request.headers["amz-sdk-invocation-id"] = next(asked)

    event = "before-send.elastic-load-balancing-v2.DeleteListener"
    elb.meta.events.register(event, name_invocation)
    try:
        for _ in invocations:
            elb.delete_listener(ListenerArn=port)
    finally:
        elb.meta.events.unregister(event, name_invocation)


@case
def listener_deleted_twice():
    delete_listener_twice(["first", "second"])


@case
def listener_deleted_and_the_answer_lost():
    delete_listener_twice(["lost", "lost"])


@case
def load_balancer_asked_for_twice():
    balancer(Name="again")
    balancer(Name="again")


@case
def load_balancer_name_internal():
    balancer(Name="internal-plr")


@case
def load_balancer_two_subnets_of_a_zone():
    balancer(Subnets=CROWDED["subnetIds"])


@case
def load_balancer_one_subnet():
    balancer(Subnets=VPC["subnetIds"][:1])


@case
def load_balancer_unknown_security_group():
    balancer(SecurityGroups=["sg-00000000"])


@case
def load_balancer_security_group_added_later():
    elb.set_security_groups(LoadBalancerArn=balancer(), SecurityGroups=[security_group()])


@case
def load_balancer_security_group_changed():
    load_balancer = balancer(SecurityGroups=[security_group()])
    elb.set_security_groups(LoadBalancerArn=load_balancer, SecurityGroups=[security_group()])


@case
def load_balancer_deleted_in_service():
    load_balancer = balancer()
    service(load_balancer)
    elb.delete_load_balancer(LoadBalancerArn=load_balancer)


@case
def load_balancer_deleted_while_protected():
    load_balancer = balancer()
    attributes = [{"Key": "deletion_protection.enabled", "Value": "true"}]
    elb.modify_load_balancer_attributes(LoadBalancerArn=load_balancer, Attributes=attributes)
    elb.delete_load_balancer(LoadBalancerArn=load_balancer)


@case
def load_balancer_deleted():
    elb.delete_load_balancer(LoadBalancerArn=balancer())


@case
def security_group_deleted_in_use():
    group = security_group()
    balancer(SecurityGroups=[group])
    ec2.delete_security_group(GroupId=group)


@case
def security_group_description_not_ascii():
    security_group(Description="Größe")


@case
def security_group_rule_twice():
    group = security_group()
    rule("egress", group)
    rule("egress", group)


@case
def security_group_rule_twice_with_another_description():
    group = security_group()
    rule("egress", group)
    rule("egress", group, IpRanges=[{"CidrIp": "10.0.0.0/8", "Description": "again"}])


@case
def security_group_outbound_rules_60():
    outbound(59)


@case
def security_group_outbound_rules_61():
    outbound(60)


def outbound(count):
    """A new group has one already, which lets everything out."""
    group = security_group()
    for index in range(count):
        rule("egress", group, FromPort=1000 + index, ToPort=1000 + index)


@case
def security_group_rule_ports_reversed():
    rule("egress", security_group(), FromPort=9, ToPort=3)


@case
def security_group_rule_unknown_protocol():
    rule("ingress", security_group(), IpProtocol="tcpp")


@case
def service_of_an_unknown_load_balancer():
    service(balancer()[:-4] + "0000")


@case
def service_of_a_load_balancer_in_service():
    load_balancer = balancer()
    service(load_balancer)
    service(load_balancer)


@case
def service_principal_no_arn():
    made = service(balancer())
    ec2.modify_vpc_endpoint_service_permissions(ServiceId=made["ServiceId"], AddAllowedPrincipals=["565502421330"])


@case
def service_deleted_with_a_pending_connection():
    service_id, _ = connected()
    settled(ec2.delete_vpc_endpoint_service_configurations(ServiceIds=[service_id]))


@case
def service_deleted_with_an_accepted_connection():
    service_id, endpoint_id = connected()
    settled(ec2.accept_vpc_endpoint_connections(ServiceId=service_id, VpcEndpointIds=[endpoint_id]))
    settled(ec2.delete_vpc_endpoint_service_configurations(ServiceIds=[service_id]))


@case
def service_deleted_after_rejection():
    service_id, endpoint_id = connected()
    settled(ec2.reject_vpc_endpoint_connections(ServiceId=service_id, VpcEndpointIds=[endpoint_id]))
    settled(ec2.delete_vpc_endpoint_service_configurations(ServiceIds=[service_id]))


@case
def connection_accepted_and_seen():
    service_id, endpoint_id = connected()
    settled(ec2.accept_vpc_endpoint_connections(ServiceId=service_id, VpcEndpointIds=[endpoint_id]))
    wanted = [{"Name": "service-id", "Values": [service_id]}]
    (seen,) = ec2.describe_vpc_endpoint_connections(Filters=wanted)["VpcEndpointConnections"]
    assert (seen["VpcEndpointId"], seen["VpcEndpointState"]) == (endpoint_id, "available"), seen


@case
def connection_unknown():
    settled(ec2.accept_vpc_endpoint_connections(ServiceId=connected()[0], VpcEndpointIds=["vpce-0000"]))


@case
def connection_without_an_id():
    ec2.accept_vpc_endpoint_connections(ServiceId=connected()[0], VpcEndpointIds=[""])


@case
def connection_of_a_stranger():
    made = service(balancer())
    wanted = {"service": made["ServiceName"], "vpc_endpoint_id": "vpce-0a", "principal": "arn:aws:iam::111122223333:root"}
    refusal = ask("connect", wanted)["refusal"]
    if refusal is not None:
        raise ClientError({"Error": {"Code": "refused", "Message": refusal}}, "connect")


def tidy():
    """Load balancers count against a quota; each case starts with none."""
    services = ec2.describe_vpc_endpoint_service_configurations()["ServiceConfigurations"]
    for connection in ec2.describe_vpc_endpoint_connections()["VpcEndpointConnections"]:
        ask("connection-state", {"vpc_endpoint_id": connection["VpcEndpointId"], "state": "deleted"})
    if services:
        ec2.delete_vpc_endpoint_service_configurations(ServiceIds=[item["ServiceId"] for item in services])
    for item in elb.describe_load_balancers()["LoadBalancers"]:
        arn = item["LoadBalancerArn"]
        attributes = [{"Key": "deletion_protection.enabled", "Value": "false"}]
        elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes)
        elb.delete_load_balancer(LoadBalancerArn=arn)


results = {}
for title, run in CASES.items():
    try:
        run()
        results[title] = "accepted"
    except ClientError as error:
        results[title] = error.response["Error"]["Code"]
    tidy()
print(json.dumps(results))
