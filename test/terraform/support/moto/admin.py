"""The tests' own door into the fake cloud: seeds a network, plays the consumer, shows what there is."""

import http.server
import json

from moto.ec2 import ec2_backends
from moto.elbv2.models import elbv2_backends

import endpoint_services
import load_balancers
from locking import LOCK

ACCOUNT = "123456789012"
REQUESTS = []  # what the providers asked for, in order: {"action": …, "parameters": …}


def seed_vpc(wanted):
    """A VPC with its secondary CIDRs, and with some that it had once and that AWS goes on listing; one subnet in each zone
    asked for, and one security group for the targets."""
    backend = ec2_backends[ACCOUNT][wanted["region"]]
    vpc = backend.create_vpc(wanted["cidr"])
    for cidr in wanted["secondaryCidrs"]:
        backend.associate_vpc_cidr_block(vpc.id, cidr, False)
    for cidr in wanted["goneCidrs"]:
        gone = backend.associate_vpc_cidr_block(vpc.id, cidr, False)
        backend.disassociate_vpc_cidr_block(gone["association_id"])
    subnets = [
        backend.create_subnet(vpc.id, subnet["cidr"], availability_zone=subnet["zone"]).id for subnet in wanted["subnets"]
    ]
    group = backend.create_security_group(f"databases-{vpc.id}", "databases", vpc_id=vpc.id)
    return {"vpcId": vpc.id, "subnetIds": subnets, "targetSecurityGroupId": group.id}


def inventory(region):
    """Everything in the region that a router makes, as plain values."""
    elb, ec2 = elbv2_backends[ACCOUNT][region], ec2_backends[ACCOUNT][region]
    return {
        "loadBalancers": [show_balancer(elb, balancer) for balancer in elb.load_balancers.values()],
        "targetGroups": [show_group(group) for group in elb.target_groups.values()],
        "endpointServices": [
            {"id": s.id, "name": s.service_name, "principals": s.principals, "loadBalancers": s.network_load_balancer_arns}
            for s in ec2.configurations.values()
        ],
        "connections": [
            {"service": c["ServiceId"], "endpoint": c["VpcEndpointId"], "state": c["VpcEndpointState"]}
            for c in endpoint_services.CONNECTIONS.values()
        ],
        "securityGroups": [
            show_security_group(group)
            for groups in ec2.groups.values()
            for group in groups.values()
            if group.name != "default"
        ],
    }


def show_balancer(elb, balancer):
    return {
        "arn": balancer.arn,
        "name": balancer.name,
        "subnets": [subnet.id for subnet in balancer.subnets],
        "securityGroups": balancer.security_groups,
        "enforcement": getattr(balancer, load_balancers.ENFORCEMENT, None),
        "attributes": balancer.attrs,
        "listeners": {
            str(listener.port): [elb.target_groups[arn].name for arn in load_balancers.forwarded_to(elb, listener)]
            for listener in balancer.listeners.values()
        },
    }


def show_group(group):
    return {
        "arn": group.arn,
        "name": group.name,
        "port": int(group.port),
        "targets": {target["Id"]: target.get("AvailabilityZone") for target in group.targets.values()},
        "attributes": group.attributes,
    }


def show_security_group(group):
    def rules(items):
        return sorted(
            f"{rule.ip_protocol}/{rule.from_port}-{rule.to_port}/{(rule.ip_range or {}).get('CidrIp')}" for rule in items
        )

    return {
        "id": group.id,
        "name": group.name,
        "vpcId": group.vpc_id,
        "ingress": rules(group.ingress_rules),
        "egress": rules(group.egress_rules),
    }


def answer(path, body):
    if path == "/vpc":
        return seed_vpc(body)
    if path == "/inventory":
        return inventory(body["region"])
    if path == "/connect":
        return {"refusal": endpoint_services.connect(body["service"], body["vpc_endpoint_id"], body["principal"])}
    if path == "/connection-state":
        endpoint_services.set_state(body["vpc_endpoint_id"], body["state"])
        return {}
    if path == "/keep-load-balancers":
        endpoint_services.KEEPING["load_balancers"] = body["keep"]
        return {}
    if path == "/requests":
        seen = list(REQUESTS)
        if body.get("clear"):
            REQUESTS.clear()
        return {"requests": seen}
    return None


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, format, *args):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        try:
            with LOCK:
                result = answer(self.path, body)
            status = 404 if result is None else 200
        except Exception as error:
            status, result = 500, {"error": f"{type(error).__name__}: {error}"}
        data = json.dumps(result).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
