#!/usr/bin/python3
"""The nftables forwarder's other half: loads the table, follows DNS, and answers the load balancer's readiness probe.

The kernel forwards whether this program runs or not. While it runs, it asks DNS for every name once in a round and
changes the elements of the table in one transaction when an address has left the answer. A name that gives no answer
keeps its address. SIGHUP reads the configuration again. Python's standard library only.

  refresh.py            the service
  refresh.py --check    looks whether the kernel would take the configuration, changes nothing
"""

import ipaddress
import json
import os
import random
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER = os.environ.get("PLR_CONFIGURATION", "/etc/privatelink-router")
STATE_FILE = os.environ.get("PLR_STATE", "/var/lib/privatelink-router/addresses.json")
RESOLV_CONF = os.environ.get("PLR_RESOLV_CONF", "/etc/resolv.conf")
TABLE = "privatelink_router"
# Seconds that one name server is waited for; then the next one is asked.
ANSWER_WITHIN = 1.0
# Seconds that a start or a new configuration waits for names that were never resolved.
FIRST_ANSWERS_WITHIN = 4.0
# Seconds between two looks whether the table still stands as it was loaded.
LOOK_EVERY = 5.0
# Questions in a second that a name server is asked at most: one name a round at least, hundreds go slower.
QUESTIONS_PER_SECOND = 100
# Places that listeners left which are remembered, so that what still flows there is reset; the oldest go first.
DEAD_PLACES = 1024


def say(text):
    print(text, flush=True)


# ---------------------------------------------------------------------------------------------------- configuration


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


def server_address(text):
    """`10.0.0.4`, `10.0.0.4:5353`, `fd00::1`, `[fd00::1]:53` -> (address, port)."""
    bracket = re.fullmatch(r"\[([0-9a-fA-F:.]+)\](?::(\d{1,5}))?", text)
    plain = re.fullmatch(r"([0-9.]+)(?::(\d{1,5}))?", text)
    found = bracket or plain
    host, port = (found.group(1), found.group(2)) if found else (text, None)
    ipaddress.ip_address(host)
    return host, int(port or 53)


def machine_servers():
    """The name servers of /etc/resolv.conf, read anew each time: a change is seen in the next round."""
    found = []
    try:
        with open(RESOLV_CONF, encoding="ascii", errors="replace") as file:
            for line in file:
                words = line.split()
                if len(words) > 1 and words[0] == "nameserver":
                    try:
                        found.append(server_address(words[1]))
                    except ValueError:
                        continue
    except OSError:
        pass
    return found


# --------------------------------------------------------------------------------------------------------------- DNS


def question(number, host):
    labels = b"".join(bytes([len(label)]) + label.encode("ascii") for label in host.split("."))
    header = struct.pack(">6H", number, 0x0100, 1, 0, 0, 1)
    # The last record says that an answer of 4096 bytes is welcome (EDNS, RFC 6891).
    return header + labels + b"\0" + struct.pack(">2H", 1, 1) + struct.pack(">BHHIH", 0, 41, 4096, 0, 0)


def name_at(message, place):
    """The name at a place of a message and the place behind it; compression is followed."""
    labels, behind, jumps = [], None, 0
    while True:
        length = message[place]
        if length & 0xC0 == 0xC0:
            if behind is None:
                behind = place + 2
            jumps += 1
            if jumps > 64:
                raise ValueError("a name that points at itself")
            place = ((length & 0x3F) << 8) | message[place + 1]
        elif length == 0:
            return ".".join(labels).lower(), behind if behind is not None else place + 1
        else:
            labels.append(message[place + 1 : place + 1 + length].decode("ascii", "replace"))
            place += 1 + length


def answer(message, host):
    """The addresses that a message gives for a host: a list, empty for "none"; None where it is no usable answer."""
    if len(message) < 12:
        return None
    _, flags, questions, answers = struct.unpack(">4H", message[:8])
    if not flags & 0x8000 or questions != 1:
        return None
    asked, place = name_at(message, 12)
    if asked != host:
        return None
    if flags & 0x000F:
        return None
    place += 4
    aliases, addresses = {}, {}
    for _ in range(answers):
        owner, place = name_at(message, place)
        kind, group, _, length = struct.unpack(">HHIH", message[place : place + 10])
        place += 10
        if group == 1 and kind == 5:
            aliases[owner] = name_at(message, place)[0]
        if group == 1 and kind == 1 and length == 4:
            addresses.setdefault(owner, []).append(socket.inet_ntoa(message[place : place + 4]))
        place += length
    seen = set()
    while host in aliases and host not in seen:
        seen.add(host)
        host = aliases[host]
    return addresses.get(host, [])


def ask_by_tcp(server, host, within):
    """For an answer that did not fit into a datagram."""
    number = random.getrandbits(16)
    text = question(number, host)
    try:
        with socket.create_connection(server, timeout=within) as connection:
            connection.sendall(struct.pack(">H", len(text)) + text)
            with connection.makefile("rb") as stream:
                (length,) = struct.unpack(">H", stream.read(2))
                message = stream.read(length)
        return answer(message, host) if message[:2] == struct.pack(">H", number) else None
    except (OSError, ValueError, IndexError, struct.error):
        return None


def ask_server(server, hosts, within):
    """Asks one server for all names at once, and takes the answers as they come. host -> list of addresses."""
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    found, waiting, cut = {}, {}, []
    until = time.monotonic() + within
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as client:
            client.connect(server)
            for host in hosts:
                number = random.getrandbits(16)
                while number in waiting:
                    number = random.getrandbits(16)
                waiting[number] = host
                client.send(question(number, host))
            while waiting:
                left = until - time.monotonic()
                if left <= 0 or not select.select([client], [], [], left)[0]:
                    break
                message = client.recv(65535)
                number = struct.unpack(">H", message[:2])[0] if len(message) > 3 else -1
                if number not in waiting:
                    continue
                host = waiting[number]
                try:
                    addresses = answer(message, host)
                except (ValueError, IndexError, struct.error):
                    continue
                del waiting[number]
                if message[2] & 0x02:
                    cut.append(host)
                elif addresses:
                    found[host] = addresses
    except OSError:
        pass
    for host in cut:
        addresses = ask_by_tcp(server, host, within)
        if addresses:
            found[host] = addresses
    return found


class Resolver:
    """Asks the servers in turn and begins with the one that answered last."""

    def __init__(self):
        self.first = 0

    def ask(self, servers, hosts):
        found, open_hosts = {}, list(hosts)
        for step in range(len(servers)):
            if not open_hosts:
                break
            place = (self.first + step) % len(servers)
            got = ask_server(servers[place], open_hosts, ANSWER_WITHIN)
            if got and step > 0:
                self.first = place
            found.update(got)
            open_hosts = [host for host in open_hosts if host not in got]
        return found


# ------------------------------------------------------------------------------------------------------------ kernel


def nft(text, *options):
    """Runs a transaction; what nft says against it is a RuntimeError."""
    done = subprocess.run(
        ["nft", *options, "-f", "-"], input=text, capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())


def element(port, address, host_port):
    return "%d : %s . %d" % (port, address, host_port)


def whole_table(configuration, elements, dead):
    """The table with its elements, one transaction: connections of unchanged targets notice nothing."""
    text = configuration.table
    if elements:
        listed = ", ".join(element(port, *elements[port]) for port in sorted(elements))
        text += "add element ip %s targets { %s }\n" % (TABLE, listed)
    if dead:
        listed = ", ".join("%s . %d" % place for place in dead)
        text += "add element ip %s dead { %s }\n" % (TABLE, listed)
    return text


def elements_in_kernel():
    """What the table holds now; None where there is no such table."""
    done = subprocess.run(
        ["nft", "-j", "list", "map", "ip", TABLE, "targets"], capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode != 0:
        return None
    for item in json.loads(done.stdout)["nftables"]:
        if "map" in item:
            pairs = item["map"].get("elem", [])
            return {int(port): (value["concat"][0], int(value["concat"][1])) for port, value in pairs}
    return None


def write_setting(path, value):
    """A setting of the kernel, written only where it differs; one that the machine does not let us set stays."""
    try:
        with open(path, encoding="ascii") as file:
            if file.read().strip() == value:
                return
        with open(path, "w", encoding="ascii") as file:
            file.write(value)
    except OSError as error:
        say("%s stays as it is: %s" % (path, error))


# ------------------------------------------------------------------------------------------------------------- state


def read_state():
    """Addresses of the last run: the machine forwards after a boot even while DNS is down."""
    try:
        with open(STATE_FILE, encoding="ascii") as file:
            read = json.load(file)
        addresses = {str(host): str(ipaddress.IPv4Address(address)) for host, address in read["addresses"].items()}
        dead = [(str(ipaddress.IPv4Address(address)), int(port)) for address, port in read["dead"]]
        return addresses, dead
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        say("the addresses of the last run cannot be read, going on without: %s" % error)
        return {}, []


def write_state(addresses, dead):
    new = STATE_FILE + ".new"
    with open(new, "w", encoding="ascii") as file:
        json.dump({"addresses": addresses, "dead": dead}, file, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, STATE_FILE)


# ----------------------------------------------------------------------------------------------------------- service


class Service:
    def __init__(self):
        self.configuration = None
        self.addresses, self.dead = read_state()
        self.resolver = Resolver()
        self.silent = set()
        self.looked = 0.0
        # The revision that the kernel forwards now; None while it does not.
        self.loaded = None

    def servers(self, configuration):
        return configuration.resolvers or machine_servers()

    def first_answers(self, configuration):
        """Names that nobody resolved yet are waited for, briefly: their listeners should open with the table."""
        until = time.monotonic() + FIRST_ANSWERS_WITHIN
        while True:
            missing = [host for host in configuration.hosts if host not in self.addresses]
            if not missing:
                return
            for host, got in self.resolver.ask(self.servers(configuration), missing).items():
                self.addresses[host] = min(got, key=ipaddress.IPv4Address)
                say("%s: %s" % (host, self.addresses[host]))
            if time.monotonic() >= until:
                return
            time.sleep(0.2)

    def load(self, configuration):
        """Puts a configuration into force, whole, in one transaction."""
        self.first_answers(configuration)
        elements = configuration.elements(self.addresses)
        dead = [place for place in self.dead if place not in elements.values()]
        nft(whole_table(configuration, elements, dead))
        self.configuration, self.dead = configuration, dead
        self.loaded, self.looked = configuration.revision, time.monotonic()
        # Forwarding is switched on behind the filter, never before it.
        self.settings()
        self.save()

    def settings(self):
        write_setting("/proc/sys/net/ipv4/ip_forward", "1")
        write_setting("/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established", str(self.configuration.idle))

    def save(self):
        known = {host: self.addresses[host] for host in self.configuration.hosts if host in self.addresses}
        self.addresses = known
        try:
            write_state(known, self.dead)
        except OSError as error:
            say("the addresses cannot be kept: %s" % error)

    def round(self):
        """Asks for every name, and moves the listeners of those whose address has left the answer."""
        configuration = self.configuration
        found = self.resolver.ask(self.servers(configuration), configuration.hosts)
        self.tell_silent({host for host in configuration.hosts if host not in found})
        addresses = dict(self.addresses)
        for host, got in found.items():
            if addresses.get(host) not in got:
                addresses[host] = min(got, key=ipaddress.IPv4Address)
        before, after = configuration.elements(self.addresses), configuration.elements(addresses)
        moved = sorted(port for port in after if after[port] != before.get(port))
        if not moved:
            return
        left = [before[port] for port in moved if port in before]
        dead = [place for place in dict.fromkeys(self.dead + left) if place not in after.values()][-DEAD_PLACES:]
        moves = ["delete element ip %s targets { %d }" % (TABLE, port) for port in moved if port in before]
        moves += ["add element ip %s targets { %s }" % (TABLE, element(port, *after[port])) for port in moved]
        moves += ["delete element ip %s dead { %s . %d }" % (TABLE, *place) for place in self.dead if place not in dead]
        moves += ["add element ip %s dead { %s . %d }" % (TABLE, *place) for place in dead if place not in self.dead]
        nft("\n".join(moves) + "\n")
        names = {int(target["port"]): name for name, target in configuration.targets.items()}
        for port in moved:
            old = before[port][0] if port in before else "unknown"
            say("target=%s port=%d is now at %s, was %s" % (names[port], port, after[port][0], old))
        self.addresses, self.dead = addresses, dead
        self.save()

    def tell_silent(self, silent):
        for host in sorted(silent - self.silent):
            kept = self.addresses.get(host)
            say("%s: no answer from DNS, %s" % (host, "keeping %s" % kept if kept else "its listeners refuse"))
        for host in sorted(self.silent - silent):
            say("%s: DNS answers again" % host)
        self.silent = silent

    def look(self):
        """Somebody may have flushed the rules or switched forwarding off; then they are loaded again."""
        if time.monotonic() - self.looked < LOOK_EVERY:
            return
        self.looked = time.monotonic()
        if elements_in_kernel() != self.configuration.elements(self.addresses):
            say("the table is not as it was loaded; loading it again")
            self.loaded = None
            self.load(self.configuration)
        self.settings()

    def reread(self):
        try:
            self.load(Configuration(FOLDER))
            say("running revision %s" % self.loaded)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            say("the new configuration is not taken, the old one goes on: %s" % error)

    def run(self):
        # Taken between two rounds, never in the middle of one.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            configuration = Configuration(FOLDER)
            self.load(configuration)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            sys.exit("the configuration cannot be loaded: %s" % error)
        serve_ready(self)
        tell_systemd("READY=1")
        say("running revision %s, %d targets, %d names" % (self.loaded, len(configuration.targets), len(configuration.hosts)))
        while True:
            begun = time.monotonic()
            try:
                self.round()
                self.look()
            except (OSError, RuntimeError, subprocess.SubprocessError, ValueError) as error:
                say("this round failed, the next one follows: %s" % error)
                self.looked = 0.0
            pause = max(0.05, self.configuration.interval - (time.monotonic() - begun))
            if signal.sigtimedwait({signal.SIGHUP}, pause) is not None:
                self.reread()


def serve_ready(service):
    """200 and the revision while the kernel forwards it; for the load balancer and the machine itself alone."""

    class Ready(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            body = ("ready %s\n" % service.loaded).encode("ascii")
            self.send_response(200 if service.loaded else 503)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def verify_request(self, request, client_address):
            peer = ipaddress.ip_address(client_address[0])
            return any(peer in network for network in service.configuration.probes)

    server = Server(("0.0.0.0", service.configuration.ready_port), Ready)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def tell_systemd(text):
    path = os.environ.get("NOTIFY_SOCKET")
    if path:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
            client.connect("\0" + path[1:] if path.startswith("@") else path)
            client.send(text.encode("ascii"))


def check():
    """True where the files are whole and nft takes them, with the addresses that are known."""
    try:
        configuration = Configuration(FOLDER)
        addresses, _ = read_state()
        nft(whole_table(configuration, configuration.elements(addresses), []), "-c")
        return True
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        print("%s: %s" % (FOLDER, error), file=sys.stderr)
        return False


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(0 if check() else 1)
    Service().run()
