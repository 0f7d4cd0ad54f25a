"""Endpoint services: what EC2 refuses and moto accepts, and the connections to them, which moto does not know."""

import datetime
import json
import os
import re
import sys
import urllib.request

import moto.ec2.models.vpc_service_configuration as models
import moto.ec2.responses.vpc_service_configuration as responses
from moto.core.responses import ActionResult
from moto.ec2 import ec2_backends
from moto.ec2.exceptions import EC2ClientError

from locking import LOCK, around

Service = models.VPCServiceConfiguration
Backend = models.VPCServiceConfigurationBackend
Response = responses.VPCEndpointServiceConfiguration

ARN = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:(root|user/.+|role/.+)")
LIVE = ("pendingAcceptance", "available")
CONNECTIONS = {}  # by the endpoint's id

# Whether a connected endpoint keeps the load balancers of its service, as AWS documents it ("You can't disassociate a load
# balancer if there are endpoints connected to your endpoint service", configure-endpoint-service in the PrivateLink
# guide). What replaces a load balancer has to work both ways.
KEEPING = {"load_balancers": False}

# moto has neither; without them every plan shows a difference.
Service.supported_ip_address_types = property(lambda service: getattr(service, "ip_address_types", ["ipv4"]))


def refuse(code, message):
    raise EC2ClientError(code, message)


def check_free(backend, arns, itself=None):
    for service in list(backend.configurations.values()):
        for arn in arns:
            if service is not itself and arn in service.network_load_balancer_arns:
                refuse("InvalidParameter", f"Network Load Balancer {arn} is already associated with {service.id}")


@around(Backend, "create_vpc_endpoint_service_configuration")
def create_service(self, proceed, lb_arns, **rest):
    known = self.elbv2_backend.load_balancers
    for arn in lb_arns:
        if arn not in known or known[arn].type != "network":
            refuse("InvalidLoadBalancerArn.NotFound", f"There is no Network Load Balancer {arn}")
    check_free(self, lb_arns)
    return proceed()


@around(Response, "create_vpc_endpoint_service_configuration")
def answer_create_service(self, proceed):
    answer = proceed()
    wanted = self._get_param("SupportedIpAddressTypes", [])
    if wanted:
        answer.result["ServiceConfiguration"].ip_address_types = list(wanted)
    return answer


@around(Response, "modify_vpc_endpoint_service_configuration")
def answer_modify_service(self, proceed):
    service = find_service(self, self._get_param("ServiceId"))
    check_free(self.ec2_backend, self._get_param("AddNetworkLoadBalancerArns", []), itself=service)
    if KEEPING["load_balancers"] and self._get_param("RemoveNetworkLoadBalancerArns", []) and has_connections(service.id):
        refuse("InvalidParameter", f"{service.id} has endpoints connected: its load balancers cannot be disassociated")
    answer = proceed()
    removed = self._get_param("RemoveSupportedIpAddressTypes", [])
    kept = [kind for kind in service.supported_ip_address_types if kind not in removed]
    added = [kind for kind in self._get_param("AddSupportedIpAddressTypes", []) if kind not in kept]
    service.ip_address_types = kept + added
    return answer


@around(Backend, "modify_vpc_endpoint_service_permissions")
def modify_permissions(self, proceed, service_id, add_principals, **rest):
    for principal in add_principals:
        if principal != "*" and not ARN.fullmatch(principal):
            refuse("InvalidPrincipal", f"The principal '{principal}' is not a valid ARN")
    proceed()
    self.configurations[service_id].principals.sort()


@around(Response, "delete_vpc_endpoint_service_configurations")
def delete_services(self, proceed):
    blocked = [
        service_id
        for service_id in self._get_param("ServiceIds", [])
        if has_connections(service_id)
    ]
    if not blocked:
        return proceed()
    return unsuccessful(
        (service_id, "ExistingVpcEndpointConnections", f"{service_id} has existing active VPC Endpoint connections")
        for service_id in blocked
    )


def has_connections(service_id):
    return any(c["ServiceId"] == service_id and c["VpcEndpointState"] in LIVE for c in CONNECTIONS.values())


def unsuccessful(items):
    return ActionResult(
        {
            "Unsuccessful": [
                {"ResourceId": resource, "Error": {"Code": code, "Message": message}} for resource, code, message in items
            ]
        }
    )


def find_service(response, service_id):
    service = response.ec2_backend.configurations.get(service_id)
    if service is None:
        refuse("InvalidVpcEndpointServiceId.NotFound", f"The VpcEndpointService Id '{service_id}' does not exist")
    return service


FILTERS = {
    "service-id": "ServiceId",
    "vpc-endpoint-id": "VpcEndpointId",
    "vpc-endpoint-state": "VpcEndpointState",
    "vpc-endpoint-owner": "VpcEndpointOwner",
}


def describe_connections(self):
    with LOCK:
        found = list(CONNECTIONS.values())
    for wanted in self._get_param("Filters", []) or []:
        key = FILTERS.get(wanted.get("Name"))
        if key is not None:
            found = [connection for connection in found if connection[key] in wanted.get("Values", [])]
    return ActionResult({"VpcEndpointConnections": found})


def settle_connections(state):
    """AcceptVpcEndpointConnections and RejectVpcEndpointConnections differ in the state only."""

    def settle(self):
        service_id = self._get_param("ServiceId")
        find_service(self, service_id)
        missing = []
        for endpoint in self._get_param("VpcEndpointIds", []):
            if not endpoint.startswith("vpce-"):
                refuse("InvalidVpcEndpointId.Malformed", f"Invalid Id: '{endpoint}' (expecting 'vpce-...')")
            connection = CONNECTIONS.get(endpoint)
            if connection is None or connection["ServiceId"] != service_id:
                missing.append((endpoint, "InvalidVpcEndpoint.NotFound", f"The VpcEndpoint Id '{endpoint}' does not exist"))
                continue
            if state == "available" and connection["VpcEndpointState"] not in LIVE:
                missing.append((endpoint, "InvalidState", f"{endpoint} is in state {connection['VpcEndpointState']}"))
                continue
            connection["VpcEndpointState"] = state
            tell_account(endpoint, state)
        return unsuccessful(missing)

    return settle


Response.describe_vpc_endpoint_connections = describe_connections
Response.accept_vpc_endpoint_connections = settle_connections("available")
Response.reject_vpc_endpoint_connections = settle_connections("rejected")


def tell_account(endpoint, state):
    """Databricks sees what became of its endpoint."""
    address = os.environ.get("PLR_ENDPOINT_CALLBACK")
    if not address:
        return
    body = json.dumps({"vpc_endpoint_id": endpoint, "state": state}).encode()
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=10).read()
    except OSError as error:
        sys.stderr.write(f"the account did not take the news of {endpoint}: {error}\n")


def connect(service_name, endpoint, principal):
    """A consumer's endpoint asks for a connection. Returns why not, or None."""
    service_id = service_name.split(".")[-1]
    with LOCK:
        for regions in list(ec2_backends.values()):
            for backend in list(regions.values()):
                service = backend.configurations.get(service_id)
                if service is None:
                    continue
                if principal not in service.principals and "*" not in service.principals:
                    return f"{service_name} does not allow {principal}"
                waits = str(service.acceptance_required).lower() != "false"
                CONNECTIONS[endpoint] = {
                    "ServiceId": service_id,
                    "VpcEndpointId": endpoint,
                    "VpcEndpointOwner": principal.split(":")[4],
                    "VpcEndpointState": "pendingAcceptance" if waits else "available",
                    "CreationTimestamp": datetime.datetime.now(datetime.timezone.utc),
                    "VpcEndpointConnectionId": "vpce-con-" + endpoint[5:],
                }
                return None
    return f"there is no endpoint service {service_name}"


def set_state(endpoint, state):
    """The consumer's side changed: `expired`, `rejected`, or `deleted`, which forgets the connection."""
    with LOCK:
        if state == "deleted":
            CONNECTIONS.pop(endpoint, None)
        elif endpoint in CONNECTIONS:
            CONNECTIONS[endpoint]["VpcEndpointState"] = state
