#!/usr/bin/python3
"""Keeps the addresses that HAProxy found: a start while DNS is down goes on with them.

Without an argument it looks every few seconds and writes only what changed; with --once it writes what is now, before a
reload. Python's standard library only.
"""

import os
import socket
import sys
import time

SOCKET = os.environ.get("PLR_HAPROXY_SOCKET", "/run/privatelink-router-haproxy/admin.sock")
FILE = os.environ.get("PLR_HAPROXY_STATE", "/var/lib/privatelink-router/haproxy.state")
SECONDS_BETWEEN = 5
# Columns of "show servers state": be_name, srv_name, srv_addr, srv_fqdn, srv_port.
IDENTITY = (1, 3, 4, 17, 18)


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
    """What matters of a dump: who has which address. Times and counters change with every look."""
    found = set()
    for line in state.splitlines()[2:]:
        columns = line.split()
        if len(columns) > max(IDENTITY):
            found.add(tuple(columns[i] for i in IDENTITY))
    return found


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
                write(state)
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
