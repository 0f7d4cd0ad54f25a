#!/usr/bin/python3
"""Security updates, and what makes them take effect: one machine of the scale set after the other.

The machines do not know each other: each works out its own part of the window from its number. See "part" for what keeps
two from sharing one. Python's standard library only.

Without an argument, started where the window begins: installs, waits for this machine's part, takes up. With --now: takes
up what is installed at once, for somebody who looks after the machines one by one.
"""

import datetime
import fcntl
import json
import os
import re
import socket
import subprocess
import sys
import time

try:
    import leaving_machine as machine
    from leaving import Settings
except ImportError:
    # They come with the first configuration. Before it nobody is connected.
    machine = None

ETC = "/etc/privatelink-router"
STATE = "/var/lib/privatelink-router"
WINDOW = os.environ.get("PLR_WINDOW", ETC + "/updates.json")
REBOOT = "/run/reboot-required"
# The word of the marker that takes this machine out of the load balancer for an update.
REASON = "maintenance"

# Minutes of one machine's part of the window: leaving, five minutes for its sessions to end, a reboot.
PART = 10
# Seconds until the load balancer has seen that a machine leaves: two probes, five seconds apart, and a little more.
NOTICE = int(os.environ.get("PLR_NOTICE", "15"))
# Seconds that open sessions get before a restart ends them.
SESSIONS_END_WITHIN = int(os.environ.get("PLR_SESSIONS_END_WITHIN", "300"))
# Seconds that a restarted engine has to answer.
READY_WITHIN = 60

# The units of a machine, and how each takes up new programs. What reloads keeps its sessions: HAProxy executes itself
# anew. What restarts has none: the kernel holds those of nftables, the others only help. What leaves has them, and ends them.
UNITS = {
    "privatelink-router-haproxy.service": "reload",
    "privatelink-router-haproxy-state.service": "restart",
    "privatelink-router-unbound.service": "restart",
    "privatelink-router-nginx-names.service": "restart",
    "privatelink-router-nginx.service": "leave",
    "privatelink-router-nftables.service": "restart",
    "privatelink-router-health.service": "restart",
}
NGINX_CHECK = ["nginx", "-t", "-q", "-c", ETC + "/nginx.conf"]


def say(text):
    print("privatelink-router: " + text, flush=True)


def parts(hours):
    """How many machines can take turns in a window: a prime, one part less than there is time, for the installation."""
    most = hours * 60 // PART - 1
    return next(n for n in range(most, 1, -1) if all(n % d for d in range(2, n)))


def part(number, day, count):
    """The part of the window that a machine has on a day; day and count are the same for all machines, count is prime.

    Two numbers of the same hundred, so to speak (the same quotient by count), never share a part. Any other two below the
    square of count share one on a single day of each count days at most, and there are no two that share it every day.
    """
    return (number % count + number // count * day) % count


def machine_number(name):
    """The number that the scale set gave a machine: the last six characters of its name, base 36."""
    digits = re.search(r"[0-9a-z]{1,6}$", name.lower())
    return int(digits.group(), 36) if digits else 0


def begin_of(window, now):
    """When the window began that is open now, or None."""
    hour, minute = (int(part) for part in window["start"].split(":"))
    begin = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if begin > now:
        begin -= datetime.timedelta(days=1)
    return begin if now < begin + datetime.timedelta(hours=window["hours"]) else None


def turn_of(window, begin, number):
    """When this machine's part begins, within the window that began then."""
    count = parts(window["hours"])
    mine = part(number, begin.date().toordinal(), count)
    return begin + datetime.timedelta(minutes=PART * (mine + 1))


def main_process(unit):
    done = subprocess.run(
        ["systemctl", "show", "--property=MainPID", "--value", unit], stdout=subprocess.PIPE, check=False
    )
    return int(done.stdout.strip() or b"0")


def runs_replaced_files(process):
    """Whether a process runs a program, or a library, that was replaced on disk."""
    try:
        if os.readlink("/proc/%d/exe" % process).endswith(" (deleted)"):
            return True
        with open("/proc/%d/maps" % process, encoding="utf-8", errors="replace") as file:
            for line in file:
                columns = line.split(maxsplit=5)
                if len(columns) == 6 and "x" in columns[1] and re.match(r"/(usr|lib).* \(deleted\)$", columns[5].strip()):
                    return True
    except OSError:
        pass
    return False


def stale_units():
    return [unit for unit in UNITS if main_process(unit) and runs_replaced_files(main_process(unit))]


def leave():
    """New sessions go to other machines; those that are open have some minutes to end."""
    if machine is None:
        return
    ports = Settings().ports
    machine.leave(REASON)
    time.sleep(NOTICE)
    until = time.monotonic() + SESSIONS_END_WITHIN
    while machine.connections(ports) and time.monotonic() < until:
        time.sleep(1)
    say("sessions that are open still: %s" % machine.connections(ports))


def come_back():
    """A machine that leaves for another reason too goes on leaving."""
    if machine is not None:
        machine.stay(REASON)


def systemctl(verb, unit):
    done = subprocess.run(["systemctl", verb, unit], check=False)
    say("%s: %s%s" % (unit, verb, "" if done.returncode == 0 else " failed; what ran before goes on where it can"))
    return done.returncode == 0


def active(unit):
    until = time.monotonic() + READY_WITHIN
    while subprocess.run(["systemctl", "--quiet", "is-active", unit], check=False).returncode != 0:
        if time.monotonic() > until:
            return False
        time.sleep(1)
    return True


def take_up():
    """Restarts what runs replaced files, or the machine. True where everything runs what is installed."""
    stale, reboot = stale_units(), os.path.exists(REBOOT)
    if not stale and not reboot:
        say("everything runs what is installed")
        return True
    # While this lasts no configuration is applied, and the other way round.
    with open(STATE + "/lock", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("a configuration is being applied; next time")
            return False
        if reboot:
            say("a new kernel or library wants a reboot")
            leave()
            return systemctl("reboot", "--no-block")
        well = True
        for unit in stale:
            if UNITS[unit] != "leave":
                well = systemctl(UNITS[unit], unit) and active(unit) and well
                continue
            # What does not take its configuration would not come up again.
            if subprocess.run(NGINX_CHECK, check=False).returncode != 0:
                say("%s: the new program does not take the configuration; the old one goes on" % unit)
                well = False
                continue
            try:
                leave()
                well = systemctl("restart", unit) and active(unit) and well
            finally:
                come_back()
        return well


def install():
    """Security updates alone, as the distribution chooses them."""
    for command in (["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "update"], ["unattended-upgrade"]):
        try:
            if subprocess.run(command, check=False).returncode != 0:
                say("%s failed" % command[0])
        except OSError as error:
            say("%s cannot run: %s" % (command[0], error))


def main():
    if "--now" in sys.argv[1:]:
        return 0 if take_up() else 1
    with open(WINDOW, encoding="ascii") as file:
        window = json.load(file)
    clock = datetime.timezone.utc
    begin = begin_of(window, datetime.datetime.now(clock))
    if begin is None:
        say("this is not within the window; --now does not wait for it")
        return 0
    turn = turn_of(window, begin, machine_number(socket.gethostname()))
    install()
    wait = (turn - datetime.datetime.now(clock)).total_seconds()
    # Late is another machine's turn.
    if wait < -60:
        say("the installation took longer than the time before this machine's turn; next time")
        return 0
    say("this machine's turn is at %s" % turn.strftime("%H:%M UTC"))
    time.sleep(max(0, wait))
    return 0 if take_up() else 1


if __name__ == "__main__":
    sys.exit(main())
