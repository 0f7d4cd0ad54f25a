"""What targets leave behind, and when its sessions end: listener ports that closed, places (an address and a port) that no
target leads to any more, and backends of shared ports. It knows no engine and no clock. Standard library only."""

import hashlib
import json
import os

FILE = os.environ.get("PLR_LEAVING", "/run/privatelink-router-drain/leaving.json")
# Ports and places that are remembered; the oldest go first.
REMEMBERED = 1024
# Seconds: an address that comes back sooner takes turns with others, it did not leave.
TAKES_TURNS_WITHIN = 300
# An address of a name whose answers take turns has left after so many times the longest turn.
TURNS = 3

# Seconds for which a client's connection waits in an old process for its next request (HAProxy's http-keep-alive).
CONNECTIONS_WAIT = 60


def place_text(place):
    return "%s:%d" % place


def hosts_of(target):
    """The hosts of a target: its list, or what it says of its only one."""
    return target.get("hosts") or [target]


def backends_of(name, target):
    """The backends of a target that shares its port, "target/server", as HAProxy's configuration names them; none for others."""
    if "route" not in target:
        return []
    port = target["host_port"]
    words = [("a" if one["literal"] else "h", "%s:%d" % (one["host"], port)) for one in hosts_of(target)]
    return ["%s/%s%s" % (name, kind, hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]) for kind, text in words]


def serves(new, old):
    """True where a target is to clients what another one was, at a shared port: its port, its path, and one of its names."""
    return (new["port"], new["path"]) == (old["port"], old["path"]) and bool(set(new["names"]) & set(old["names"]))


def place_of(text):
    address, port = text.rsplit(":", 1)
    return address, int(port)


class Leaving:
    """Compares the targets and places of now with those of the last time; times are seconds of one monotonic clock."""

    def __init__(self, kept=None):
        kept = kept or {}
        # name -> what `kept` below has of it; "address:port" -> name of a target that leads there
        self.targets = kept.get("targets", {})
        self.places = kept.get("places", {})
        # port, "address:port" -> target, since, drain; `answer`: it left with an answer of DNS, the target is the same
        self.closed = {int(port): entry for port, entry in kept.get("closed", {}).items()}
        self.left = kept.get("left", {})
        # "target/server" of a shared port -> the same
        self.backends = kept.get("backends", {})
        # "target/server" of a target that has another name now -> that name
        self.inherited = kept.get("inherited", {})
        # name -> seconds of the longest turn of one of its addresses
        self.turns = kept.get("turns", {})
        # host -> its last addresses, kept for who asks DNS: a start while it is down has left nothing
        self.addresses = kept.get("addresses", {})

    def kept(self):
        """All of it, for the next start."""
        return {
            "targets": self.targets,
            "places": self.places,
            "closed": self.closed,
            "left": self.left,
            "backends": self.backends,
            "inherited": self.inherited,
            "turns": self.turns,
            "addresses": self.addresses,
        }

    def update(self, targets, places, now):
        """`targets` as in targets.json; `places`: (address, port) -> name of a target that leads there."""
        kept = ("port", "host", "hosts", "host_port", "literal", "drain", "route", "names", "path")
        targets = {
            name: {key: target[key] for key in kept if key in target} for name, target in targets.items()
        }
        places = {place_text(place): name for place, name in places.items()}
        for name, old in self.targets.items():
            self.close(old["port"], name, targets, now)
            if not self.same(name, targets):
                self.turns.pop(name, None)
        opened = {target["port"] for target in targets.values()}
        self.closed = {port: entry for port, entry in self.closed.items() if port not in opened}
        for place in [place for place in self.left if place in places]:
            self.come_back(self.left.pop(place), now)
        for place, name in self.places.items():
            if place not in places:
                self.left[place] = self.entry(name, targets, now)
        for place, entry in self.left.items():
            if entry["answer"] and not self.same(entry["target"], targets):
                self.left[place] = self.entry(entry["target"], targets, now)
        self.leave_backends(targets, now)
        for memory in (self.closed, self.left, self.backends):
            for key in sorted(memory, key=lambda key: memory[key]["since"])[:-REMEMBERED]:
                del memory[key]
        self.targets, self.places = targets, places

    def found(self, places, now):
        """Places that left before anybody saw them: (address, port) -> name of the target that may have led there."""
        for place, name in places.items():
            self.left[place_text(place)] = self.entry(name, self.targets, now)

    def close(self, port, name, targets, now):
        if port not in self.closed:
            self.closed[port] = self.entry(name, targets, now)

    def leave_backends(self, targets, now):
        """Those of old targets that none serves any more: neither the target itself nor one of another name in its place."""
        present = {backend for name, target in targets.items() for backend in backends_of(name, target)}
        self.backends = {backend: entry for backend, entry in self.backends.items() if backend not in present}
        held = {backend: name for name, old in self.targets.items() for backend in backends_of(name, old)}
        held.update(self.inherited)
        self.inherited = {}
        for backend, name in held.items():
            if backend in present or backend in self.backends:
                continue
            server = backend.split("/")[1]
            heirs = (new for new, target in sorted(targets.items()) if "%s/%s" % (new, server) in present)
            heir = next((new for new in heirs if serves(targets[new], self.targets[name])), None)
            if heir is None:
                self.backends[backend] = self.entry(name, targets, now)
            else:
                self.inherited[backend] = heir

    def come_back(self, entry, now):
        away = now - entry["since"]
        if entry["answer"] and away <= TAKES_TURNS_WITHIN:
            self.turns[entry["target"]] = max(away, self.turns.get(entry["target"], 0))

    def same(self, name, targets):
        """True where a target is still there and still means the same host and port."""
        old, new = self.targets.get(name), targets.get(name)
        return bool(old and new) and (old["host"], old["host_port"]) == (new["host"], new["host_port"])

    def entry(self, name, targets, now):
        """The drain is the one of now: who moves a target says with it how long its sessions may go on."""
        known = targets.get(name) or self.targets.get(name) or {"drain": 0}
        return {"target": name, "since": now, "drain": known["drain"], "answer": self.same(name, targets)}

    def ends(self, entry):
        """The second in which what a port or a place left behind ends."""
        turns = TURNS * self.turns.get(entry["target"], 0) if entry["answer"] else 0
        return entry["since"] + max(entry["drain"], turns)

    def due(self, now):
        """(ports, places) whose sessions end now or have ended."""
        ports = {port for port, entry in self.closed.items() if self.ends(entry) <= now}
        places = {place_of(text) for text, entry in self.left.items() if self.ends(entry) <= now}
        return ports, places

    def due_backends(self, now):
        """By their names, with their targets: those backends of shared ports whose sessions end now or have ended."""
        return {backend: entry["target"] for backend, entry in self.backends.items() if self.ends(entry) <= now}

    def forget(self, before):
        """Forgets what was due before that second."""
        self.closed = {port: entry for port, entry in self.closed.items() if self.ends(entry) > before}
        self.left = {place: entry for place, entry in self.left.items() if self.ends(entry) > before}
        kept = self.backends.items()
        self.backends = {backend: entry for backend, entry in kept if self.ends(entry) > before - CONNECTIONS_WAIT}


def read_leaving():
    """As it was kept since the machine booted: no session outlives a boot, and its clock does not either."""
    try:
        with open(FILE, encoding="ascii") as file:
            leaving = Leaving(json.load(file))
        leaving.due(0.0)
        return leaving
    except FileNotFoundError:
        return Leaving()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print("what targets left behind cannot be read, going on without: %s" % error, flush=True)
        return Leaving()


def write_leaving(leaving):
    new = FILE + ".new"
    with open(new, "w", encoding="ascii") as file:
        json.dump(leaving.kept(), file, sort_keys=True)
    os.replace(new, FILE)
