"""The files of the nftables forwarder: what Terraform wrote, and the addresses of the last run. Standard library only."""

import ipaddress
import json
import os

from refresh_dns import server_address

STATE_FILE = os.environ.get("PLR_STATE", "/var/lib/privatelink-router/addresses.json")
# Questions in a second that a name server is asked at most: one name a round at least, hundreds go slower.
QUESTIONS_PER_SECOND = 100


class Configuration:
    """targets.json and nftables.nft, read once and checked: what is wrong is a ValueError."""

    def __init__(self, folder):
        with open(os.path.join(folder, "targets.json"), encoding="ascii") as file:
            read = json.load(file)
        with open(os.path.join(folder, "nftables.nft"), encoding="ascii") as file:
            self.table = file.read()
        self.revision = str(read["revision"])
        self.ready_port = int(read["ready_port"])
        self.probes = [ipaddress.ip_network(cidr) for cidr in read["probes"] + ["127.0.0.0/8"]]
        self.resolvers = [server_address(text) for text in read["resolvers"]]
        self.targets = read["targets"]
        for target in self.targets.values():
            if target["literal"]:
                ipaddress.IPv4Address(target["host"])
        self.hosts = sorted({t["host"] for t in self.targets.values() if not t["literal"]})
        slowest = len(self.hosts) / QUESTIONS_PER_SECOND
        self.interval = max(float(read["resolve_interval"]), slowest)
        # One timer for all: the kernel has one.
        self.idle = max([int(t["idle_timeout"]) for t in self.targets.values()], default=3600)

    def elements(self, addresses):
        """listener port -> (address, port), for every target whose address is known."""
        found = {}
        for target in self.targets.values():
            address = target["host"] if target["literal"] else addresses.get(target["host"])
            if address is not None:
                found[int(target["port"])] = (address, int(target["host_port"]))
        return found

    def places(self, addresses):
        """(address, port) -> name of a target that leads there."""
        names = {int(target["port"]): name for name, target in self.targets.items()}
        return {place: names[port] for port, place in self.elements(addresses).items()}


def read_state():
    """The addresses of the last run, with which the machine forwards after a boot even while DNS is down, and the rules
    that it loaded, None where they are not known."""
    try:
        with open(STATE_FILE, encoding="ascii") as file:
            read = json.load(file)
        addresses = {str(host): str(ipaddress.IPv4Address(address)) for host, address in read["addresses"].items()}
        return addresses, read.get("rules")
    except FileNotFoundError:
        return {}, None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print("the addresses of the last run cannot be read, going on without: %s" % error, flush=True)
        return {}, None


def write_state(addresses, rules):
    new = STATE_FILE + ".new"
    with open(new, "w", encoding="ascii") as file:
        json.dump({"addresses": addresses, "rules": rules}, file, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, STATE_FILE)
