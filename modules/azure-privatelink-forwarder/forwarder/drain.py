#!/usr/bin/python3
"""Ends the sessions that a target leaves behind, `drain` seconds after its port closed or its address left.

HAProxy and nginx keep old sessions in old processes for as long as they like. This service follows what Terraform
configured and what DNS answers, and when the time of a closed port or of a left place has come, it ends exactly the
proxy's sockets there in the kernel: the proxy meets an error on one leg and closes the other. A port that is open again
and a place that a target has again are left alone. Where targets share a port, HAProxy's old processes are asked, which
know the backend of each session. Python's standard library only.
"""

import json
import os
import pwd
import signal
import sys
import time

from drain_backends import OldProcesses
from drain_leaving import hosts_of, place_text, read_leaving, write_leaving
from drain_sockets import can_destroy, destroy, sockets
from refresh_dns import Resolver, machine_servers, server_address

TARGETS = os.environ.get("PLR_TARGETS", "/etc/privatelink-router/targets.json")
# What the apply script writes when a configuration runs: before that it may still go back.
REVISION = os.environ.get("PLR_REVISION", "/var/lib/privatelink-router/revision")
CACHE = ("127.0.0.1", int(os.environ.get("PLR_CACHE_PORT", "53")))
# Where the apply script lays the targets of each configuration that ran and was replaced: rounds may be further apart.
REPLACED = os.environ.get("PLR_REPLACED", "/run/privatelink-router-drain/replaced")
# Those that the proxies run as.
USERS = ("haproxy", "www-data")
# Seconds for which sessions are looked for after their time: an old process may accept one in its last moment, and a
# cache may give an address that has just left.
AGAIN_FOR = 10.0
QUESTIONS_PER_SECOND = 100
# Seconds between two looks for places that a proxy got from an answer which this service did not get.
LOOK_EVERY = 15.0


def say(text):
    print(text, flush=True)


def uids():
    found = set()
    for name in USERS:
        try:
            found.add(pwd.getpwnam(name).pw_uid)
        except KeyError:
            pass
    return found


def to_end(connections, ports, places, leaving, owners):
    """Those sockets that belong to a closed port or lead to a left place; (socket, target) for each."""
    listening = {target["port"] for target in leaving.targets.values()}
    for one in connections:
        remote = place_text(one.remote)
        # Every other program of the machine, and legs to a place that a target has, whatever their own port is.
        if one.uid not in owners or remote in leaving.places:
            continue
        if one.port in ports:
            yield one, leaving.closed[one.port]["target"]
        elif one.remote in places and one.port not in listening:
            yield one, leaving.left[remote]["target"]


def unknown_places(connections, leaving, owners):
    """(address, port) -> name of a target: where legs of the proxies lead that were never seen in an answer. A proxy dials
    nothing but its targets and name servers, so that the port tells whose it may be; the longest drain counts."""
    own = {target["port"] for target in leaving.targets.values()} | set(leaving.closed)
    names, unsure = {}, set()
    for name in sorted(leaving.targets, key=lambda name: (leaving.targets[name]["drain"], name)):
        names[leaving.targets[name]["host_port"]] = name
        # Who got no answer yet cannot tell what is not in it.
        if any(leaving.addresses.get(one["host"]) == [] for one in hosts_of(leaving.targets[name])):
            unsure.add(leaving.targets[name]["host_port"])
    found = {}
    for one in connections:
        text = place_text(one.remote)
        if one.uid in owners and one.port not in own and one.remote[1] in names.keys() - unsure:
            if text not in leaving.places and text not in leaving.left:
                found[one.remote] = names[one.remote[1]]
    return found


class Service:
    def __init__(self):
        self.leaving = read_leaving()
        self.resolver = Resolver()
        self.processes = OldProcesses(say)
        self.read = None
        self.looked = 0.0

    def configuration(self):
        """The targets that run. One that is being tried, or that is half written, is none yet."""
        try:
            with open(REVISION, encoding="ascii") as file:
                revision = file.read().strip()
            if self.read is None or self.read["revision"] != revision:
                with open(TARGETS, encoding="ascii") as file:
                    read = json.load(file)
                if read["revision"] == revision:
                    self.read = read
        except FileNotFoundError:
            pass
        return self.read

    def resolve(self, read):
        """Asks for every name; one that has no answer keeps its addresses."""
        targets = read["targets"]
        hosts = sorted({one["host"] for target in targets.values() for one in hosts_of(target) if not one["literal"]})
        # The machine's cache, where there is one: what it says is what the proxy gets.
        servers = [CACHE] + ([server_address(text) for text in read["resolvers"]] or machine_servers())
        found = self.resolver.ask(servers, hosts)
        known = self.leaving.addresses
        self.leaving.addresses = {host: sorted(found.get(host) or known.get(host, [])) for host in hosts}

    def places(self, targets):
        """(address, port) -> name of its target, as far as addresses are known."""
        places = {}
        # Of two that lead to one place, the one with the longer drain stands for it.
        for name in sorted(targets, key=lambda name: (targets[name]["drain"], name)):
            target = targets[name]
            for one in hosts_of(target):
                for address in [one["host"]] if one["literal"] else self.leaving.addresses.get(one["host"], []):
                    places[(address, target["host_port"])] = name
        return places

    def replaced(self, now):
        """What ran since the last look and was replaced, in its order: it may have opened ports that are closed now."""
        for name in sorted(os.listdir(REPLACED)) if os.path.isdir(REPLACED) else []:
            path = os.path.join(REPLACED, name)
            try:
                with open(path, encoding="ascii") as file:
                    targets = json.load(file)["targets"]
                self.leaving.update(targets, self.places(targets), now)
                write_leaving(self.leaving)
            except (ValueError, KeyError, TypeError) as error:
                say("a configuration that was replaced cannot be read, going on without: %s" % error)
            os.remove(path)

    def round(self, now):
        """One look. Returns the seconds until the next one."""
        read = self.configuration()
        if read is None:
            return 1.0
        before = json.dumps(self.leaving.kept(), sort_keys=True)
        self.replaced(now)
        self.resolve(read)
        self.leaving.update(read["targets"], self.places(read["targets"]), now)
        if now - self.looked >= LOOK_EVERY and self.leaving.addresses:
            self.looked = now
            self.leaving.found(unknown_places(sockets(), self.leaving, uids()), now)
        ports, places = self.leaving.due(now)
        backends = self.leaving.due_backends(now)
        self.processes.end(backends, now)
        if ports or places or backends:
            self.end(ports, places)
            self.leaving.forget(now - AGAIN_FOR)
        if json.dumps(self.leaving.kept(), sort_keys=True) != before:
            write_leaving(self.leaving)
        return max(float(read["resolve_interval"]), len(read["targets"]) / QUESTIONS_PER_SECOND)

    def end(self, ports, places):
        ended = {}
        for one, target in to_end(sockets(), ports, places, self.leaving, uids()):
            ended[target] = ended.get(target, 0) + destroy(one)
        for target, count in sorted(ended.items()):
            say("target=%s: its drain is over, %d of its connections were ended" % (target, count))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    fault = can_destroy()
    if fault:
        say("sessions of removed targets go on until client or target ends them: this kernel ends none (%s)" % fault)
        while True:
            signal.pause()
    service = Service()
    say("watching %d targets" % len(service.leaving.targets))
    while True:
        begun = time.monotonic()
        pause = 1.0
        try:
            pause = service.round(begun)
        except (OSError, ValueError, KeyError, TypeError) as error:
            say("this round failed, the next one follows: %s" % error)
        time.sleep(max(0.05, pause - (time.monotonic() - begun)))


if __name__ == "__main__":
    main()
