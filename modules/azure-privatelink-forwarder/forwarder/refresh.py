#!/usr/bin/python3
"""The nftables forwarder's other half: loads the table, follows DNS, and answers the load balancer's readiness probe.

The kernel forwards whether this program runs or not. While it runs, it asks DNS for every name once in a round and
changes the elements of the table in one transaction when an address has left the answer. A name that gives no answer
keeps its address. What flows through a port that closed, or to a place that no listener leads to any more, is reset when
its target's drain is over. SIGHUP reads the configuration again. Python's standard library only.

  refresh.py            the service
  refresh.py --check    looks whether the kernel would take the configuration, changes nothing
"""

import hashlib
import ipaddress
import os
import signal
import subprocess
import sys
import time

from drain_leaving import read_leaving, write_leaving
from refresh_dns import Resolver, machine_servers
from refresh_files import Configuration, read_state, write_state
from refresh_kernel import TABLE, changed_elements, element, elements_in_kernel, left_behind
from refresh_kernel import nft, parts, refilled, rules_in_kernel, whole_table, write_setting
from refresh_ready import serve_ready, tell_systemd

FOLDER = os.environ.get("PLR_CONFIGURATION", "/etc/privatelink-router")
# Seconds that a start or a new configuration waits for names that were never resolved.
FIRST_ANSWERS_WITHIN = 4.0
# Seconds between two looks whether the table still stands as it was loaded.
LOOK_EVERY = 5.0


def say(text):
    print(text, flush=True)


class Service:
    def __init__(self):
        self.configuration = None
        # The rules are those that stood after this program, now or in its last run, loaded the table.
        self.addresses, self.rules = read_state()
        self.leaving = read_leaving()
        # Ports and places whose sessions the kernel resets.
        self.due = (set(), set())
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
        """Puts a configuration into force, in one transaction."""
        self.first_answers(configuration)
        due = self.left_by(configuration, self.addresses)
        self.put(configuration, due)
        self.configuration, self.due = configuration, due
        self.loaded, self.looked = configuration.revision, time.monotonic()
        # Forwarding is switched on behind the filter, never before it.
        self.settings()
        self.save()

    def put(self, configuration, due):
        """Rules that stand already are left alone, so that connections of unchanged targets notice nothing."""
        elements, standing = configuration.elements(self.addresses), elements_in_kernel()
        wanted, had = loaded_rules(configuration), self.rules
        if standing is None or had is None or (had["parts"], had["kernel"]) != (wanted["parts"], wanted["kernel"]):
            nft(whole_table(configuration, elements, *due))
        else:
            rules = refilled(configuration.table) if had != wanted else ""
            nft(rules + changed_elements(standing, elements, *due))
        self.rules = loaded_rules(configuration)

    def left_by(self, configuration, addresses):
        """What is due once these targets with these addresses run."""
        now = time.monotonic()
        self.leaving.update(configuration.targets, configuration.places(addresses), now)
        return self.leaving.due(now)

    def settings(self):
        write_setting("/proc/sys/net/ipv4/ip_forward", "1")
        write_setting("/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established", str(self.configuration.idle))

    def save(self):
        known = {host: self.addresses[host] for host in self.configuration.hosts if host in self.addresses}
        self.addresses = known
        try:
            write_state(known, self.rules)
            write_leaving(self.leaving)
        except OSError as error:
            say("the addresses cannot be kept: %s" % error)

    def round(self):
        """Asks for every name, moves the listeners of those whose address has left the answer, ends what is due."""
        configuration = self.configuration
        found = self.resolver.ask(self.servers(configuration), configuration.hosts)
        self.tell_silent({host for host in configuration.hosts if host not in found})
        addresses = dict(self.addresses)
        for host, got in found.items():
            if addresses.get(host) not in got:
                addresses[host] = min(got, key=ipaddress.IPv4Address)
        before, after = configuration.elements(self.addresses), configuration.elements(addresses)
        moved = sorted(port for port in after if after[port] != before.get(port))
        due = self.left_by(configuration, addresses)
        if not moved and due == self.due:
            return
        moves = ["delete element ip %s targets { %d }" % (TABLE, port) for port in moved if port in before]
        moves += ["add element ip %s targets { %s }" % (TABLE, element(port, *after[port])) for port in moved]
        moves += left_behind("delete", *(was - now for was, now in zip(self.due, due)))
        moves += left_behind("add", *(now - was for was, now in zip(self.due, due)))
        nft("\n".join(moves) + "\n")
        names = {int(target["port"]): name for name, target in configuration.targets.items()}
        for port in moved:
            old = before[port][0] if port in before else "unknown"
            say("target=%s port=%d is now at %s, was %s" % (names[port], port, after[port][0], old))
        self.addresses, self.due = addresses, due
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
        elements = self.configuration.elements(self.addresses)
        if elements_in_kernel() != elements or self.rules != loaded_rules(self.configuration):
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


def loaded_rules(configuration):
    """What the configuration says of rules, of chains and sets alone, and what the kernel has, in nft's own words."""
    texts = {"rules": configuration.table, "parts": parts(configuration.table), "kernel": str(rules_in_kernel())}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}


def check():
    """True where the files are whole and nft takes them, with the addresses that are known."""
    try:
        configuration = Configuration(FOLDER)
        addresses, _ = read_state()
        nft(whole_table(configuration, configuration.elements(addresses)), "-c")
        return True
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        print("%s: %s" % (FOLDER, error), file=sys.stderr)
        return False


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(0 if check() else 1)
    Service().run()
