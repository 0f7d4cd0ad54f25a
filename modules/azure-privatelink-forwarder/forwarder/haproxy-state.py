#!/usr/bin/python3
"""Keeps the addresses that HAProxy found: a start while DNS is down goes on with them.

Addresses alone: whether a target is well is asked anew after each start, since it may have come back meanwhile. Without an
argument it looks every few seconds and writes only what changed; with --once it writes what is now, before a
reload. Python's standard library only.
"""

import os
import socket
import sys
import time

SOCKET = os.environ.get("PLR_HAPROXY_SOCKET", "/run/privatelink-router-haproxy/admin.sock")
FILE = os.environ.get("PLR_HAPROXY_STATE", "/var/lib/privatelink-router/haproxy.state")
SECONDS_BETWEEN = 5
# Columns of "show servers state".
BE_NAME, SRV_NAME, SRV_ADDR, SRV_FQDN, SRV_PORT = 1, 3, 4, 17, 18
# What a server is at its first start, by column: running (srv_op_state), not taken away by anybody (srv_admin_state),
# since now, with a check that is on (srv_check_state) and has found nothing yet.
FRESH = {5: "2", 6: "0", 9: "0", 10: "1", 11: "0", 12: "0", 13: "6", 14: "0"}


def servers_state():
    """HAProxy's own dump of all servers, as its state file has it; text without a server is no state."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(5)
        client.connect(SOCKET)
        client.sendall(b"show servers state\n")
        parts = []
        while True:
            part = client.recv(65536)
            if not part:
                break
            parts.append(part)
    return b"".join(parts).decode("ascii", "replace")


def addresses(state):
    """Who has which address. Times, counters and health change with every look, and are nobody's business."""
    found = set()
    for columns in servers(state):
        found.add(tuple(columns[i] for i in (BE_NAME, SRV_NAME, SRV_ADDR, SRV_FQDN, SRV_PORT)))
    return found


def servers(state):
    """The columns of each server that has an address; one without begins as a new one does."""
    lines = (line.split() for line in state.splitlines()[2:])
    return [columns for columns in lines if len(columns) > SRV_PORT and columns[SRV_ADDR] != "-"]


def fresh(state):
    """The state without what HAProxy thinks of the servers' health."""
    lines = [" ".join(FRESH.get(i, word) for i, word in enumerate(columns)) for columns in servers(state)]
    return "\n".join(state.splitlines()[:2] + lines) + "\n"


def write(state):
    """The new file takes the old one's place in one step: HAProxy never reads a half one."""
    new = FILE + ".new"
    with open(new, "w", encoding="ascii", errors="replace") as file:
        file.write(state)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, FILE)


def main():
    once = "--once" in sys.argv[1:]
    kept = None
    while True:
        try:
            state = servers_state()
            now = addresses(state)
            if now and now != kept:
                write(fresh(state))
                kept = now
        except OSError as error:
            if once:
                print("the addresses could not be kept: %s" % error, file=sys.stderr)
                return 1
        if once:
            return 0
        time.sleep(SECONDS_BETWEEN)


if __name__ == "__main__":
    sys.exit(main())
