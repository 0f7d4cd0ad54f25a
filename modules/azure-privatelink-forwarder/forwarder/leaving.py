#!/usr/bin/python3
"""Leaves in good order before Azure takes this machine away or stops it. The ready port fails: the load balancer sends
new connections elsewhere; sessions go on for as long as their targets and the event allow; then the engine stops
and Azure is told that nobody has to wait any longer. Python's standard library only.

  leaving.py              the service: follows Scheduled Events, and keeps the ready port as the marker says
  leaving.py --shutdown   where the system is shutting down: leaves, and ends when nobody is connected any more
"""

import json
import os
import subprocess
import sys
import threading
import time

import leaving_machine as machine
from leaving_events import Metadata

SETTINGS = os.environ.get("PLR_LEAVING_SETTINGS", "/etc/privatelink-router/leaving.json")
# Seconds between two looks.
EVERY = 1.0
# Seconds before the event's time at which the engine stops, so that it has stopped by then.
MARGIN = 10
# Seconds before an event's time at which a machine leaves, where its sessions need no longer. An event may be announced
# a week ahead, and one that is acknowledged may begin only at its time all the same. Azure's usual notice is no longer.
AHEAD = 900
# A machine is back after these. So one leaves after the other, as far as there is time.
RETURNING = ("Reboot", "Redeploy")
# Seconds for which an orderly shutdown waits at most: nobody says how long Azure's own patience is.
SHUTDOWN_WITHIN = 90


class Settings:
    def __init__(self, path=SETTINGS):
        self.path = path
        self.read()

    def read(self):
        """Takes what the file says now: a change of targets replaces it while this runs."""
        with open(self.path, encoding="ascii") as file:
            values = json.load(file)
        self.noticed_after = float(values["noticed_after"])
        self.drain = float(values["drain"])
        self.ports = {int(port) for port in values["ports"]}


class Departure:
    """From the first look at an event until Azure is told."""

    def __init__(self, begun):
        self.begun = begun
        self.stopped = False
        self.told = set()


class Leaver:
    """Decides at each look what to do; `world` does it. Times are seconds since 1970."""

    def __init__(self, settings, world, known=()):
        self.settings = settings
        self.world = world
        # Events that were seen before they began. One that had begun already when this machine booted is over for it.
        self.known = set(known)
        self.waiting = []
        self.departure = None

    def look(self, events, now):
        """`events`: those of all machines now; None where the metadata service gave no good answer."""
        if events is not None:
            self.take(events, now)
        if self.departure is not None:
            self.go_on(events, now)

    def take(self, events, now):
        self.waiting = [event for event in events if event.own and self.is_due(event, events, now)]
        leaving, self.known = bool(self.known), {event.id for event in self.waiting}
        if self.waiting and self.departure is None:
            self.departure = Departure(now)
            self.world.say("leaving: %s" % ", ".join("%s (%s)" % (event.kind, event.id) for event in self.waiting))
        elif leaving and not self.waiting:
            self.departure = None
            self.world.say("staying: the event is over")
            self.world.stay()

    def is_due(self, event, events, now):
        """Whether this machine leaves for the event now."""
        if event.started:
            return event.id in self.known
        if event.not_before is None or event.id in self.known:
            return True
        needed = max(self.settings.drain, self.settings.noticed_after) + MARGIN
        if now < event.not_before - max(AHEAD, needed):
            return False
        order = (event.not_before, event.id)
        others = [one for one in events if not one.own and (one.not_before or 0, one.id) < order]
        return event.kind not in RETURNING or not others or now >= event.not_before - needed

    def until(self, now):
        """The moment at which the engine stops, whoever is connected then."""
        begun, settings = self.departure.begun, self.settings
        ends = [begun + max(settings.drain, settings.noticed_after)]
        for event in self.waiting:
            ends.append(now if event.started or event.not_before is None else event.not_before - MARGIN)
        return min(ends)

    def go_on(self, events, now):
        departure = self.departure
        self.world.leave(sorted(self.known))
        if not departure.stopped:
            noticed = now >= departure.begun + self.settings.noticed_after
            left = self.world.connections()
            if now < self.until(now) and not (noticed and left == 0):
                return
            self.world.say("stopping the engine after %d s, connections: %s" % (now - departure.begun, left))
            self.world.stop()
            departure.stopped = True
        # Whoever acknowledges does so for every machine of the event: the others may have sessions still.
        over = now >= self.until(now)
        open_ones = [one for one in self.waiting if not one.started and one.id not in departure.told]
        ids = [one.id for one in open_ones if one.alone or over]
        if ids and events is not None and self.world.acknowledge(ids):
            departure.told.update(ids)
            self.world.say("acknowledged: %s" % ", ".join(ids))


class World:
    """What a Leaver does, on this machine."""

    say = staticmethod(machine.say)

    def __init__(self, settings, metadata):
        self.settings = settings
        self.metadata = metadata

    def leave(self, ids):
        machine.leave("%s %s" % (machine.OURS, " ".join(ids)))

    def stay(self):
        machine.stay()
        machine.start_engine()

    def connections(self):
        return machine.connections(self.settings.ports)

    def stop(self):
        machine.stop_engine()

    def acknowledge(self, ids):
        try:
            self.metadata.acknowledge(ids)
            return True
        except (OSError, ValueError) as error:
            self.say("not acknowledged yet: %s" % error)
            return False


class Watch(threading.Thread):
    """Asks for the events beside everything else, since an answer may take minutes. `take()` gives each one once."""

    def __init__(self, metadata):
        super().__init__(daemon=True)
        self.metadata = metadata
        self.latest = None
        self.trouble = None

    def run(self):
        while True:
            try:
                self.latest = self.metadata.events()
                trouble = None
            except (OSError, ValueError, RecursionError) as error:
                trouble = str(error)
            if trouble != self.trouble:
                machine.say("the metadata service: %s" % (trouble or "answers again"))
                self.trouble = trouble
            time.sleep(EVERY)

    def take(self):
        events, self.latest = self.latest, None
        return events


def serve():
    settings, metadata = Settings(), Metadata()
    watch, follower = Watch(metadata), machine.Follower()
    # Where an earlier run of this service was leaving, the marker names the events.
    leaver = Leaver(settings, World(settings, metadata), machine.events_in_marker())
    watch.start()
    while True:
        try:
            settings.read()
            leaver.look(watch.take(), time.time())
        except (OSError, ValueError, RuntimeError, subprocess.SubprocessError) as error:
            machine.say("this look failed, the next one follows: %s" % error)
        follower.follow()
        time.sleep(EVERY)


def shut_down():
    """Waits as long as somebody is connected, within bounds. Where this service alone is stopped, it does nothing."""
    if not machine.shutting_down() or not machine.engine_runs():
        return
    # Somebody may have sent new connections elsewhere before, and waited for the others.
    settings, follower, begun = Settings(), machine.Follower(), time.monotonic() - machine.marked_for()
    machine.leave("shutting down")
    until = begun + min(SHUTDOWN_WITHIN, max(settings.drain, settings.noticed_after))
    while time.monotonic() < until:
        follower.follow()
        if time.monotonic() >= begun + settings.noticed_after and machine.connections(settings.ports) == 0:
            break
        time.sleep(EVERY)
    left = machine.connections(settings.ports)
    machine.say("shutting down after %d s, connections: %s" % (time.monotonic() - begun, left))
    machine.reset_flows()


if __name__ == "__main__":
    if "--shutdown" in sys.argv[1:]:
        shut_down()
    else:
        serve()
