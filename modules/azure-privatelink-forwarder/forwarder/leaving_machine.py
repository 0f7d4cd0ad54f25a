"""A machine that leaves: how the load balancer and the engine are told, and who is still connected. Standard library
only."""

import os
import socket
import subprocess
import time

from leaving_flows import sessions

# The file that makes the ready port say no to the load balancer. It is gone after a boot, and the machine is back.
MARKER = os.environ.get("PLR_LEAVING_MARKER", "/run/privatelink-router/leaving")
HAPROXY = os.environ.get("PLR_HAPROXY_SOCKET", "/run/privatelink-router-haproxy/admin.sock")
ENGINE = os.environ.get("PLR_ENGINE", "/var/lib/privatelink-router/engine")
# States of a socket in /proc/net/tcp over which bytes may still go: established, and closed on one side.
CONNECTED = ("01", "05", "08")
# The first words of what this service writes into the marker; another's is left alone.
OURS = "scheduled events:"


def say(text):
    print(text, flush=True)


def marker():
    """The words of the marker, None where there is none."""
    try:
        with open(MARKER, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None


def marked_for():
    """For how many seconds the marker has stood already; 0 where there is none."""
    try:
        return max(0.0, time.time() - os.path.getmtime(MARKER))
    except OSError:
        return 0.0


def events_in_marker():
    """The events for which this service set the marker."""
    words = marker() or ""
    return words[len(OURS) :].split() if words.startswith(OURS) else []


def leave(reason):
    """Sets the marker; one that stands already, whoever set it, stays."""
    if marker() is None:
        os.makedirs(os.path.dirname(MARKER), exist_ok=True)
        with open(MARKER + ".new", "w", encoding="utf-8") as file:
            file.write(reason + "\n")
        os.chmod(MARKER + ".new", 0o644)
        os.replace(MARKER + ".new", MARKER)


def stay(reason=OURS):
    """Takes the marker away, if it was set for this reason."""
    if (marker() or "").startswith(reason):
        os.remove(MARKER)


def tell_haproxy(leaving):
    """HAProxy cannot look at a file while it runs. It forgets what it was told with each reload."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(5)
        client.connect(HAPROXY)
        client.sendall(b"set server plr_staying/here state %s\n" % (b"maint" if leaving else b"ready"))
        while client.recv(4096):
            pass


class Follower:
    """Tells HAProxy what the marker says, whoever set it; the other engines look themselves."""

    def __init__(self):
        self.told = False

    def follow(self):
        leaving = marker() is not None
        if not leaving and not self.told:
            return
        try:
            tell_haproxy(leaving)
            self.told = leaving
        except OSError:
            # Another engine runs here, or this one is just starting.
            pass


def connections(ports):
    """How many clients of these listeners are connected; None where that cannot be known."""
    if engine() == "nftables":
        try:
            return sessions(ports)
        except OSError as error:
            say("who is connected cannot be told: %s" % error)
            return None
    count = 0
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table, encoding="ascii") as file:
                next(file)
                for line in file:
                    columns = line.split()
                    # Without an inode it is the kernel's alone, and no program has it.
                    if columns[3] in CONNECTED and columns[9] != "0" and int(columns[1][-4:], 16) in ports:
                        count += 1
        except OSError:
            continue
    return count


def engine():
    try:
        with open(ENGINE, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def systemctl(*words):
    done = subprocess.run(["systemctl", *words], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.strip()


def unit():
    return "privatelink-router-%s.service" % engine()


def engine_runs():
    return systemctl("is-active", unit()) == "active"


def shutting_down():
    return systemctl("is-system-running") == "stopping"


def stop_engine():
    """Clients that are still connected are told so by the end of their connection, not by a silence."""
    systemctl("stop", unit())
    reset_flows()


def start_engine():
    systemctl("start", unit())


def reset_flows():
    """The kernel forwards whether the refresher runs or not. Every place becomes one that its sessions have lost; the
    refresher loads the table anew when it starts."""
    if engine() != "nftables":
        return
    from refresh_kernel import TABLE, elements_in_kernel, nft

    places = sorted(set((elements_in_kernel() or {}).values()))
    if places:
        listed = ", ".join("%s . %d" % place for place in places)
        nft("flush map ip %s targets\nadd element ip %s dead { %s }\n" % (TABLE, TABLE, listed))
