"""The leaving service's own tests, run by leaving.test.ts: its decisions in a world that only writes down what it was
told, and the metadata service against a server on the loopback address that answers what each test says."""

import json
import os
import sys
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

sys.path.insert(0, os.environ["PLR_FORWARDER"])
SCRATCH = tempfile.TemporaryDirectory()
os.environ["PLR_LEAVING_MARKER"] = os.path.join(SCRATCH.name, "run", "leaving")

import leaving  # noqa: E402
import leaving_events as events  # noqa: E402
import leaving_machine as machine  # noqa: E402

NAME = "fwd_3"


def event(**more):
    return {
        "EventId": "one",
        "EventType": "Terminate",
        "ResourceType": "VirtualMachine",
        "Resources": [NAME],
        "EventStatus": "Scheduled",
        "NotBefore": "Mon, 19 Sep 2016 18:29:47 GMT",
        **more,
    }


def read(*items):
    return events.events_of({"DocumentIncarnation": 1, "Events": list(items)}, NAME)


class Documents(unittest.TestCase):
    def test_reads_an_event(self):
        self.assertEqual(read(event()), [events.Event("one", "Terminate", True, True, False, 1474309787.0)])

    def test_tells_other_machines_events_from_its_own(self):
        [found] = read(event(Resources=["fwd_4", "fwd_33"]))
        self.assertEqual((found.own, found.alone), (False, False))

    def test_knows_its_name_among_others_and_in_any_case(self):
        [found] = read(event(Resources=["fwd_1", "FWD_3"]))
        self.assertEqual((found.own, found.alone), (True, False))

    def test_leaves_for_everything_but_a_freeze(self):
        kinds = ["Terminate", "Reboot", "Redeploy", "Preempt"]
        found = read(*[event(EventType=kind) for kind in ["Freeze", "SomethingNew", *kinds]])
        self.assertEqual([one.kind for one in found], kinds)

    def test_reads_one_that_has_begun(self):
        [found] = read(event(EventStatus="Started", NotBefore=""))
        self.assertEqual((found.started, found.not_before), (True, None))

    def test_reads_the_others_beside_one_that_cannot_be_read(self):
        broken = [None, 7, "x", {}, event(Resources=None), {"Resources": [NAME]}]
        self.assertEqual(len(read(*broken, event())), 1)

    def test_takes_a_time_that_cannot_be_read_for_none(self):
        for text in ["soon", 5, None, "Mon, 99 Sep 2016 18:29:47 GMT"]:
            self.assertEqual(read(event(NotBefore=text))[0].not_before, None, text)

    def test_refuses_what_is_no_document(self):
        for document in [None, [], {}, {"Events": None}, {"Events": {}}, "x"]:
            with self.assertRaises(ValueError):
                events.events_of(document, NAME)


class World:
    """Writes down what the machine was told to do. `open` is how many are connected."""

    def __init__(self):
        self.done = []
        self.open = 5
        self.reachable = True

    def say(self, text):
        pass

    def leave(self, ids):
        if self.done[-1:] != [("leave", tuple(ids))]:
            self.done.append(("leave", tuple(ids)))

    def stay(self):
        self.done.append("stay")

    def connections(self):
        return self.open

    def stop(self):
        self.done.append("stop")

    def acknowledge(self, ids):
        if self.reachable:
            self.done.append(("acknowledge", tuple(ids)))
        return self.reachable


class Settings:
    noticed_after = 15.0
    drain = 60.0


def scheduled(name="one", at=300.0, started=False, kind="Terminate", own=True, alone=True):
    return events.Event(name, kind, own, alone, started, at)


LEFT, STOPPED, TOLD = ("leave", ("one",)), "stop", ("acknowledge", ("one",))


class Decisions(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.leaver = leaving.Leaver(Settings(), self.world)

    def look(self, now, *found):
        self.leaver.look(list(found), now)
        return self.world.done

    def test_does_nothing_without_an_event(self):
        self.assertEqual(self.look(0), [])
        self.leaver.look(None, 1)
        self.assertEqual(self.world.done, [])

    def test_leaves_at_once_and_stops_when_the_drain_is_over(self):
        self.assertEqual(self.look(0, scheduled()), [LEFT])
        self.assertEqual(self.look(59, scheduled()), [LEFT])
        self.assertEqual(self.look(60, scheduled()), [LEFT, STOPPED, TOLD])

    def test_stops_sooner_when_nobody_is_connected_but_not_before_the_balancer_has_noticed(self):
        self.world.open = 0
        self.look(0, scheduled())
        self.assertEqual(self.look(14, scheduled()), [LEFT])
        self.assertEqual(self.look(15, scheduled()), [LEFT, STOPPED, TOLD])

    def test_waits_where_nobody_can_say_who_is_connected(self):
        self.world.open = None
        self.look(0, scheduled())
        self.assertEqual(self.look(59, scheduled()), [LEFT])

    def test_waits_for_the_balancer_where_the_drain_is_shorter(self):
        self.leaver.settings = type("Short", (), {"noticed_after": 15.0, "drain": 0.0})
        self.look(0, scheduled())
        self.assertEqual(self.look(14, scheduled()), [LEFT])
        self.assertIn(STOPPED, self.look(15, scheduled()))

    def test_stops_before_the_events_time(self):
        self.look(0, scheduled(at=40.0))
        self.assertEqual(self.look(29, scheduled(at=40.0)), [LEFT])
        self.assertEqual(self.look(30, scheduled(at=40.0)), [LEFT, STOPPED, TOLD])

    def test_goes_on_while_the_metadata_service_is_silent(self):
        self.look(0, scheduled())
        self.leaver.look(None, 61)
        self.assertEqual(self.world.done, [LEFT, STOPPED])
        self.assertEqual(self.look(62, scheduled()), [LEFT, STOPPED, LEFT, TOLD])

    def test_acknowledges_once_and_again_where_that_failed(self):
        self.world.reachable = False
        self.look(0, scheduled())
        self.look(60, scheduled())
        self.world.reachable = True
        self.look(61, scheduled())
        self.look(62, scheduled())
        self.assertEqual(self.world.done.count(TOLD), 1)
        self.assertEqual(self.world.done.count(STOPPED), 1)

    def test_stops_at_once_when_the_event_begins(self):
        self.look(0, scheduled())
        self.assertEqual(self.look(3, scheduled(started=True, at=None)), [LEFT, STOPPED])

    def test_comes_back_when_the_event_is_cancelled(self):
        self.look(0, scheduled())
        self.assertEqual(self.look(1), [LEFT, "stay"])
        self.assertEqual(self.look(2), [LEFT, "stay"])
        self.look(3, scheduled("two"))
        self.assertEqual(self.world.done[2:], [("leave", ("two",))])

    def test_takes_no_notice_of_an_event_that_had_begun_before_the_boot(self):
        self.assertEqual(self.look(0, scheduled(started=True, at=None, kind="Reboot")), [])

    def test_goes_by_the_earliest_of_several_and_acknowledges_all(self):
        both = [scheduled("one", 300.0), scheduled("two", 30.0)]
        self.look(0, *both)
        self.look(20, *both)
        self.assertEqual(self.world.done[1:], ["stop", ("acknowledge", ("one", "two"))])

    def test_leaves_for_no_other_machine(self):
        self.assertEqual(self.look(0, scheduled(own=False)), [])

    def test_does_not_leave_a_week_ahead(self):
        self.assertEqual(self.look(0, scheduled(at=604_800.0)), [])
        self.assertEqual(self.look(603_899, scheduled(at=604_800.0)), [])
        self.assertEqual(self.look(603_900, scheduled(at=604_800.0)), [LEFT])

    def test_leaves_earlier_where_its_sessions_need_longer(self):
        self.leaver.settings = type("Patient", (), {"noticed_after": 15.0, "drain": 3600.0})
        self.assertEqual(self.look(0, scheduled(at=3611.0)), [])
        self.assertEqual(self.look(1, scheduled(at=3611.0)), [LEFT])

    def test_waits_for_a_machine_that_reboots_before_it_as_long_as_there_is_time(self):
        own, other = scheduled(at=400.0, kind="Reboot"), scheduled("other", 300.0, kind="Reboot", own=False)
        self.assertEqual(self.look(0, own, other), [])
        self.assertEqual(self.look(329, own, other), [])
        self.assertEqual(self.look(330, own, other), [LEFT])

    def test_does_not_wait_for_one_that_comes_behind_or_that_is_over(self):
        own, other = scheduled(at=400.0, kind="Reboot"), scheduled("other", 500.0, kind="Reboot", own=False)
        self.assertEqual(self.look(0, own, other), [LEFT])
        begun = scheduled("other", None, True, "Reboot", False)
        late = leaving.Leaver(Settings(), World())
        late.look([own, begun], 0)
        self.assertEqual(late.world.done, [])
        late.look([own], 1)
        self.assertEqual(late.world.done, [LEFT])

    def test_does_not_wait_where_it_is_deleted(self):
        other = scheduled("other", 100.0, kind="Reboot", own=False)
        self.assertEqual(self.look(0, scheduled(at=300.0), other), [LEFT])

    def test_acknowledges_what_concerns_others_too_only_when_their_time_is_over(self):
        self.world.open = 0
        self.look(0, scheduled(alone=False))
        self.look(20, scheduled(alone=False))
        self.assertEqual(self.world.done, [LEFT, STOPPED])
        self.assertIn(TOLD, self.look(60, scheduled(alone=False)))

    def test_a_second_run_of_the_service_goes_on_with_the_first_ones_event(self):
        again = leaving.Leaver(Settings(), self.world, ["one"])
        again.look(None, 0)
        self.assertEqual(self.world.done, [])
        again.look([scheduled()], 1)
        self.assertEqual(self.world.done, [LEFT])
        other = leaving.Leaver(Settings(), self.world, ["one"])
        other.look([], 2)
        self.assertEqual(self.world.done, [LEFT, "stay"])


class WhatTheFileSays(unittest.TestCase):
    def test_a_change_of_targets_is_taken_while_this_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "leaving.json")

            def write(drain, ports):
                with open(path, "w", encoding="ascii") as file:
                    json.dump({"noticed_after": 15, "drain": drain, "ports": ports}, file)

            class Leaver:
                seen = []

                def __init__(self, settings, world, known):
                    self.settings = settings

                def look(self, events, now):
                    self.seen.append((self.settings.drain, self.settings.ports))
                    if len(self.seen) == 2:
                        raise SystemExit
                    write(600, ["10000", "10001"])

            write(10, ["10000"])
            settings = leaving.Settings(path)
            with mock.patch.multiple(
                leaving, Settings=lambda: settings, Metadata=mock.Mock(), Watch=mock.Mock(), Leaver=Leaver, EVERY=0
            ), self.assertRaises(SystemExit):
                leaving.serve()
            self.assertEqual(Leaver.seen, [(10, {10000}), (600, {10000, 10001})])


class Markers(unittest.TestCase):
    def tearDown(self):
        if os.path.exists(machine.MARKER):
            os.remove(machine.MARKER)

    def test_is_set_and_taken_away(self):
        machine.leave("%s one two" % machine.OURS)
        self.assertEqual(machine.events_in_marker(), ["one", "two"])
        machine.stay()
        self.assertEqual(machine.marker(), None)

    def test_knows_how_long_it_has_stood(self):
        self.assertEqual(machine.marked_for(), 0)
        machine.leave("maintenance")
        os.utime(machine.MARKER, (time.time() - 40, time.time() - 40))
        machine.leave("shutting down")
        self.assertTrue(39 < machine.marked_for() < 3600)

    def test_another_programs_marker_is_left_alone(self):
        machine.leave("maintenance")
        machine.leave("%s one" % machine.OURS)
        machine.stay()
        self.assertEqual(machine.marker(), "maintenance\n")
        self.assertEqual(machine.events_in_marker(), [])

    def test_an_update_ends_and_the_machine_still_leaves_for_an_event(self):
        machine.leave("%s one" % machine.OURS)
        machine.leave("maintenance")
        machine.stay("maintenance")
        self.assertEqual(machine.events_in_marker(), ["one"])


class Server(BaseHTTPRequestHandler):
    """Answers by path what `answers` says: status and text. What it was asked is kept."""

    answers = {}
    asked = []

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.asked.append((self.command, self.headers.get("Metadata"), self.rfile.read(length).decode()))
        status, text = self.answers["/name" if "compute/name" in self.path else self.command]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = answer

    def log_message(self, format, *args):
        pass


class Asking(unittest.TestCase):
    def setUp(self):
        self.server = HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        events.HOST, events.PORT = "127.0.0.1", str(self.server.server_port)
        document = json.dumps({"DocumentIncarnation": 3, "Events": [event()]})
        Server.answers = {"/name": (200, NAME), "GET": (200, document), "POST": (200, "")}
        Server.asked = []
        # What a machine's environment says of proxies is not for this address.
        os.environ["http_proxy"] = "http://127.0.0.1:9"

    def tearDown(self):
        del os.environ["http_proxy"]
        self.server.shutdown()
        self.server.server_close()

    def test_finds_its_own_events_and_acknowledges(self):
        metadata = events.Metadata()
        self.assertEqual([one.id for one in metadata.events()], ["one"])
        metadata.acknowledge(["one"])
        self.assertEqual({header for _, header, _ in Server.asked}, {"true"})
        self.assertEqual(json.loads(Server.asked[-1][2]), {"StartRequests": [{"EventId": "one"}]})

    def test_asks_for_its_name_once(self):
        metadata = events.Metadata()
        metadata.events()
        Server.answers["/name"] = (500, "")
        self.assertEqual(len(metadata.events()), 1)

    def test_an_answer_that_is_none_is_an_error_that_the_service_survives(self):
        refused, broken = [(500, "x"), (404, ""), (429, "")], ["", "{", "[]", "\x00", "null"]
        for answer in refused + [(200, text) for text in broken]:
            metadata = events.Metadata()
            Server.answers["GET"] = answer
            with self.assertRaises(ValueError):
                metadata.events()

    def test_a_service_that_cannot_be_reached_is_an_error_that_the_service_survives(self):
        events.PORT = "9"
        with self.assertRaises(OSError):
            events.Metadata().events()

    def test_waits_for_the_first_answer_longer_than_for_others(self):
        metadata = events.Metadata()
        self.assertFalse(metadata.answered)
        metadata.events()
        self.assertTrue(metadata.answered)
        self.assertGreaterEqual(events.FIRST_WITHIN, 120)


if __name__ == "__main__":
    unittest.main()
