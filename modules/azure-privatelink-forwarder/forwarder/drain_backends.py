"""What HAProxy's old processes hold of targets that share a port and are gone. Such a target leaves no closed port, and
another target may lead to the same place; but each process knows of which backend a session is. Standard library only."""

import os
import socket

MASTER = os.environ.get("PLR_HAPROXY_MASTER", "/run/privatelink-router-haproxy/master.sock")
# Seconds between two looks for the same backends: a client that kept a connection may still have asked for one.
AGAIN_AFTER = 5.0


def ask(line):
    """The answer of HAProxy's master, or of one of its processes, to one command."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(10)
        client.connect(MASTER)
        client.sendall(line.encode("ascii") + b";quit\n")
        parts = []
        while True:
            part = client.recv(65536)
            if not part:
                return b"".join(parts).decode("ascii", "replace")
            parts.append(part)


def old_processes(answer):
    """The processes that a reload has left behind, of `show proc`."""
    found, old = [], False
    for line in answer.splitlines():
        if line.startswith("#"):
            old = line.startswith("# old workers")
        elif old and line.strip():
            found.append(int(line.split()[0]))
    return found


def sessions(answer):
    """(id, "target/server") of each session in `show sess`; servers of one DNS name have a number each, which goes."""
    for line in answer.splitlines():
        id, colon, rest = line.partition(": ")
        words = dict(word.split("=", 1) for word in rest.split() if "=" in word)
        if colon and "be" in words and "srv" in words:
            yield id, "%s/%s" % (words["be"], words["srv"].split("-")[0])


class OldProcesses:
    """Ends the sessions of backends that no target has any more."""

    def __init__(self, say):
        self.say = say
        self.able = True
        self.ended = set()
        self.looked = 0.0

    def end(self, due, now):
        """`due`: "target/server" -> target. Where nothing is due nobody is asked."""
        if not due or (self.ended >= set(due) and now - self.looked < AGAIN_AFTER):
            return
        try:
            for target, count in sorted(self.look(due).items()):
                self.say("target=%s: its drain is over, %d of its sessions were ended" % (target, count))
            self.able, self.ended, self.looked = True, set(due), now
        except (OSError, ValueError) as error:
            if self.able:
                self.say("HAProxy cannot be asked, sessions at shared ports end by their address alone: %s" % error)
            self.able = False

    @staticmethod
    def look(due):
        ended = {}
        for process in old_processes(ask("show proc")):
            for id, backend in sessions(ask("@!%d show sess" % process)):
                if backend in due:
                    ask("@!%d shutdown session %s" % (process, id))
                    ended[due[backend]] = ended.get(due[backend], 0) + 1
        return ended
