#!/usr/bin/python3
"""Keeps the name of every target in this machine's cache, also of those that nobody dials for weeks.

nginx asks for a name when somebody connects; the cache can only give in an outage of DNS what it was asked before one.
Python's standard library only.
"""

import json
import os
import sys
import time

from refresh_dns import Resolver

TARGETS = os.environ.get("PLR_TARGETS", "/etc/privatelink-router/targets.json")
CACHE = ("127.0.0.1", int(os.environ.get("PLR_CACHE_PORT", "53")))
# Seconds between two rounds; a name that the cache did not find is asked for again much sooner.
EVERY = 30
AGAIN_AFTER = 2


def main():
    with open(TARGETS, encoding="ascii") as file:
        targets = json.load(file)["targets"].values()
    hosts = sorted({target["host"] for target in targets if not target["literal"]})
    print("keeping %d names" % len(hosts), flush=True)
    resolver, silent = Resolver(), set()
    while True:
        found = resolver.ask([CACHE], hosts)
        missing = set(hosts) - set(found)
        for host in sorted(missing - silent):
            print("%s: no answer" % host, flush=True)
        for host in sorted(silent - missing):
            print("%s: answered again" % host, flush=True)
        silent = missing
        time.sleep(AGAIN_AFTER if missing else EVERY)


if __name__ == "__main__":
    sys.exit(main())
