"""Tests of what ends the sessions of removed targets, run by drain.test.ts: what was left, when it is due, and which
sockets are meant, against connections of the loopback address."""

import json
import os
import socket
import sys
import tempfile
import types
import unittest

sys.path.insert(0, os.environ["PLR_FORWARDER"])
SCRATCH = tempfile.TemporaryDirectory()
for name in ("LEAVING", "TARGETS", "REVISION", "REPLACED"):
    os.environ["PLR_" + name] = os.path.join(SCRATCH.name, name.lower())

import drain  # noqa: E402
import drain_leaving as leaving  # noqa: E402
import drain_sockets as kernel  # noqa: E402


def target(port, host, drain=10, host_port=5432):
    literal = host[0].isdigit()
    return {"port": port, "host": host, "host_port": host_port, "literal": literal, "idle_timeout": 600, "drain": drain}


class Left(unittest.TestCase):
    def setUp(self):
        self.left = leaving.Leaving()

    def now(self, second, targets, answers=None):
        """What is due when these targets run and DNS answers so."""
        places = {}
        for name, one in sorted(targets.items()):
            for address in [one["host"]] if one["literal"] else (answers or {}).get(one["host"], []):
                places[(address, one["host_port"])] = name
        self.left.update(targets, places, second)
        # Through the file, as after a restart in between.
        self.left = leaving.Leaving(json.loads(json.dumps(self.left.kept())))
        return self.left.due(second)

    def test_a_removed_target_is_due_after_its_own_drain(self):
        one, two = target(10000, "10.0.0.1", 5), target(10001, "10.0.0.2", 60)
        stays = target(10002, "10.0.0.3")
        self.assertEqual(self.now(0, {"one": one, "two": two, "stays": stays}), (set(), set()))
        self.assertEqual(self.now(100, {"stays": stays}), (set(), set()))
        self.assertEqual(self.now(104.9, {"stays": stays}), (set(), set()))
        self.assertEqual(self.now(105, {"stays": stays}), ({10000}, {("10.0.0.1", 5432)}))
        both = ({10000, 10001}, {("10.0.0.1", 5432), ("10.0.0.2", 5432)})
        self.assertEqual(self.now(160, {"stays": stays}), both)
        self.left.forget(159)
        self.assertEqual(self.now(161, {"stays": stays}), ({10001}, {("10.0.0.2", 5432)}))

    def test_one_of_several_hosts_that_is_taken_away_is_due_after_the_drain_and_the_others_stay(self):
        def among(*hosts):
            both = [{"host": host, "literal": True} for host in hosts]
            return {"one": {**target(10000, ", ".join(hosts), 5), "literal": False, "hosts": both}}

        def places(targets):
            service = types.SimpleNamespace(leaving=self.left)
            return drain.Service.places(service, targets)

        before, after = among("10.0.0.1", "10.0.0.2"), among("10.0.0.2", "10.0.0.3")
        self.assertEqual(places(before), {("10.0.0.1", 5432): "one", ("10.0.0.2", 5432): "one"})
        self.left.update(before, places(before), 0)
        self.left.update(after, places(after), 100)
        self.assertEqual(self.left.due(104), (set(), set()))
        self.assertEqual(self.left.due(105), (set(), {("10.0.0.1", 5432)}))

    def test_a_drain_of_nothing_is_due_at_once(self):
        self.now(0, {"one": target(10000, "10.0.0.1", 0)})
        self.assertEqual(self.now(1, {}), ({10000}, {("10.0.0.1", 5432)}))

    def test_what_comes_back_is_not_due(self):
        one = {"one": target(10000, "10.0.0.1", 5)}
        self.now(0, one)
        self.now(1, {})
        self.now(3, one)
        self.assertEqual(self.now(100, one), (set(), set()))
        self.assertEqual(self.now(101, {}), (set(), set()))
        self.assertEqual(self.now(106, {})[0], {10000})

    def test_a_port_that_another_target_has_now_is_open_and_the_old_place_is_due(self):
        self.now(0, {"old": target(10000, "10.0.0.1", 5)})
        self.now(1, {})
        new = {"new": target(10000, "10.0.0.2", 5)}
        self.now(2, new)
        self.assertEqual(self.now(7, new), (set(), {("10.0.0.1", 5432)}))

    def test_a_moved_target_leaves_its_place_and_the_drain_that_comes_with_the_move_counts(self):
        self.now(0, {"one": target(10000, "10.0.0.1", 600)})
        moved = {"one": target(10000, "10.0.0.2", 5)}
        self.now(1, moved)
        self.assertEqual(self.now(6, moved), (set(), {("10.0.0.1", 5432)}))
        other_port = {"one": target(10000, "10.0.0.2", 5, 5433)}
        self.left.forget(7)
        self.now(8, other_port)
        self.assertEqual(self.now(13, other_port), (set(), {("10.0.0.2", 5432)}))

    def test_a_target_with_another_listener_port_leaves_the_old_one(self):
        self.now(0, {"one": target(10000, "10.0.0.1", 5)})
        there = {"one": target(10001, "10.0.0.1", 5)}
        self.now(1, there)
        self.assertEqual(self.now(6, there), ({10000}, set()))

    def test_a_place_that_another_target_has_is_not_left(self):
        one, two = target(10000, "10.0.0.1", 5), target(10001, "a.example", 5)
        self.now(0, {"one": one, "two": two}, {"a.example": ["10.0.0.1"]})
        self.now(1, {"two": two}, {"a.example": ["10.0.0.1"]})
        self.assertEqual(self.now(6, {"two": two}, {"a.example": ["10.0.0.1"]}), ({10000}, set()))
        self.now(7, {"two": two}, {"a.example": ["10.0.0.2"]})
        self.assertEqual(self.now(12, {"two": two}, {"a.example": ["10.0.0.2"]})[1], {("10.0.0.1", 5432)})

    def test_an_address_that_left_the_answer_is_due_after_the_drain(self):
        one = {"one": target(10000, "a.example", 5)}
        self.now(0, one, {"a.example": ["10.0.0.1", "10.0.0.2"]})
        self.now(1, one, {"a.example": ["10.0.0.2"]})
        self.assertEqual(self.now(5, one, {"a.example": ["10.0.0.2"]}), (set(), set()))
        self.assertEqual(self.now(6, one, {"a.example": ["10.0.0.2"]}), (set(), {("10.0.0.1", 5432)}))

    def test_addresses_that_take_turns_are_given_time(self):
        one = {"one": target(10000, "a.example", 5)}
        # Eight addresses, one an answer, three seconds each: every one is away for 21 seconds.
        for second in range(0, 240):
            answer = ["10.0.0.%d" % (second // 3 % 8 + 1)]
            _, places = self.now(second, one, {"a.example": answer})
            if second >= 30:
                self.assertEqual(places, set(), second)
        # One that left for good is due after three turns.
        for second in range(240, 340):
            answer = ["10.0.0.%d" % (second // 3 % 7 + 1)]
            _, places = self.now(second, one, {"a.example": answer})
        self.assertEqual(places, {("10.0.0.8", 5432)})
        # Who removes the target waits for no turns.
        self.now(340, {})
        self.assertEqual(len(self.now(345, {})[1]), 8)

    def test_remembers_a_bounded_number(self):
        remembered, leaving.REMEMBERED = leaving.REMEMBERED, 20
        try:
            for n in range(60):
                self.now(n, {"one": target(10000, "10.0.0.%d" % n, 3600)})
        finally:
            leaving.REMEMBERED = remembered
        self.assertEqual(sorted(self.left.left), sorted("10.0.0.%d:5432" % n for n in range(39, 59)))

    def test_a_file_that_is_none_is_left_aside(self):
        for text in ("", "{", "[]", "null", '{"closed": {"x": 1}}', '{"closed": {"1": {}}}', '{"left": {"a": 1}}'):
            with open(leaving.FILE, "w", encoding="ascii") as file:
                file.write(text)
            self.assertEqual(leaving.read_leaving().kept(), leaving.Leaving().kept())
        os.remove(leaving.FILE)


class Rounds(unittest.TestCase):
    def setUp(self):
        self.ended = []
        drain.say = lambda text: None
        drain.sockets = lambda: self.connections
        drain.uids = lambda: {33}
        self.connections = []
        drain.Service.end = lambda service, ports, places: self.ended.append((ports, places))
        self.answers = {}
        self.configure("r1", one=target(10000, "a.example", 5), two=target(10001, "10.0.0.9", 5))
        self.recorded("r1")
        if os.path.exists(leaving.FILE):
            os.remove(leaving.FILE)

    def configure(self, revision, **targets):
        read = {"revision": revision, "resolve_interval": 1, "resolvers": ["10.0.0.4"], "targets": targets}
        with open(drain.TARGETS, "w", encoding="ascii") as file:
            json.dump(read, file)

    def recorded(self, revision):
        with open(drain.REVISION, "w", encoding="ascii") as file:
            file.write(revision + "\n")

    def service(self):
        service = drain.Service()
        service.resolver.ask = lambda servers, hosts: {h: self.answers[h] for h in hosts if h in self.answers}
        return service

    def test_a_configuration_counts_when_it_runs_and_not_before(self):
        service = self.service()
        service.round(0)
        self.configure("r2", one=target(10000, "a.example", 5))
        for second in range(1, 30):
            service.round(second)
        # It was taken back: nothing was ever closed.
        self.configure("r1", one=target(10000, "a.example", 5), two=target(10001, "10.0.0.9", 5))
        service.round(30)
        self.assertEqual((self.ended, service.leaving.closed), ([], {}))
        self.configure("r2", one=target(10000, "a.example", 5))
        self.recorded("r2")
        service.round(31)
        # Another process takes over in between.
        service = self.service()
        service.round(35)
        self.assertEqual(self.ended, [])
        service.round(36)
        self.assertEqual(self.ended, [({10001}, {("10.0.0.9", 5432)})])
        for second in range(37, 60):
            service.round(second)
        self.assertEqual(len(self.ended), 11)
        self.assertEqual((service.leaving.closed, service.leaving.left), ({}, {}))

    def test_what_ran_between_two_looks_is_left_too(self):
        self.answers = {"a.example": ["10.0.0.1"]}
        service = self.service()
        service.round(0)
        os.mkdir(drain.REPLACED)
        self.addCleanup(os.rmdir, drain.REPLACED)
        one, three = target(10000, "a.example", 5), target(10002, "10.0.0.3", 2)
        for number, text in (
            ("1", json.dumps({"targets": {"one": one, "two": target(10001, "10.0.0.9", 5)}})),
            ("2", json.dumps({"targets": {"one": one, "three": three}})),
            ("3", '{"targets": {'),
        ):
            with open(os.path.join(drain.REPLACED, number), "w", encoding="ascii") as file:
                file.write(text)
        self.configure("r4", one=one)
        self.recorded("r4")
        service.round(1)
        self.assertEqual(os.listdir(drain.REPLACED), [])
        self.assertEqual(service.leaving.places, {"10.0.0.1:5432": "one"})
        service.round(3)
        service.round(6)
        left = {("10.0.0.3", 5432)}
        self.assertEqual(self.ended, [({10002}, left), ({10001, 10002}, left | {("10.0.0.9", 5432)})])

    def test_a_half_written_configuration_changes_nothing(self):
        service = self.service()
        service.round(0)
        self.recorded("r2")
        with open(drain.TARGETS, "w", encoding="ascii") as file:
            file.write('{"revision": "r2", "targets": {')
        with self.assertRaises(ValueError):
            service.round(1)
        self.assertEqual(set(service.leaving.targets), {"one", "two"})

    def test_a_start_while_dns_is_down_leaves_nothing(self):
        self.answers = {"a.example": ["10.0.0.1", "10.0.0.2"]}
        self.service().round(0)
        self.answers = {}
        service = self.service()
        for second in range(1, 60):
            service.round(second)
        self.assertEqual((self.ended, service.leaving.left), ([], {}))

    def test_a_place_that_only_the_proxy_was_told_is_left_too(self):
        leg = lambda port, remote, uid=33: types.SimpleNamespace(port=port, remote=remote, uid=uid)
        self.answers = {"a.example": ["10.0.0.2"]}
        self.connections = [
            leg(40000, ("10.0.0.1", 5432)),
            leg(40001, ("10.0.0.2", 5432)),
            # Somebody else's, a question by TCP, and a client that happens to have that port.
            leg(40002, ("10.0.0.7", 5432), 0),
            leg(40003, ("10.0.0.4", 53)),
            leg(10000, ("10.0.0.8", 5432)),
        ]
        service = self.service()
        answers, self.answers = self.answers, {}
        for second in range(30, 60):
            service.round(second)
        self.assertEqual(self.ended, [])
        self.answers = answers
        for second in range(100, 106):
            service.round(second)
        self.assertEqual(self.ended, [(set(), {("10.0.0.1", 5432)})])

    def test_a_new_machine_without_a_configuration_waits(self):
        os.remove(drain.REVISION)
        os.remove(drain.TARGETS)
        self.assertEqual(self.service().round(0), 1.0)


class Sockets(unittest.TestCase):
    def setUp(self):
        self.open = []
        self.addCleanup(lambda: [one.close() for one in self.open])

    def connect(self, listener):
        client = socket.create_connection(listener.getsockname())
        server, _ = listener.accept()
        self.open += [client, server]
        return client, server

    def listen(self, address="127.0.0.1"):
        listener = socket.create_server((address, 0))
        self.open.append(listener)
        return listener

    def alive(self, one):
        one.settimeout(0.2)
        try:
            return one.recv(1) != b""
        except socket.timeout:
            return True
        except OSError:
            return False

    def test_the_kernel_ends_them(self):
        self.assertIsNone(kernel.can_destroy())

    def test_ends_what_belongs_to_a_closed_port_or_a_left_place_and_nothing_else(self):
        closed, stays = self.listen(), self.listen()
        left, kept = self.listen("127.0.0.2"), self.listen("127.0.0.3")
        listeners = {"closed": closed, "stays": stays, "left": left, "kept": kept}
        pairs = {name: self.connect(one) for name, one in listeners.items()}
        port = lambda one: one.getsockname()[1]
        memory = leaving.Leaving()
        targets = {
            "gone": target(port(closed), "127.0.0.2", 0, port(left)),
            "stays": target(port(stays), "127.0.0.3", 0, port(kept)),
        }
        places = {("127.0.0.2", port(left)): "gone", ("127.0.0.3", port(kept)): "stays"}
        memory.update(targets, places, 0)
        memory.update({"stays": targets["stays"]}, {("127.0.0.3", port(kept)): "stays"}, 1)
        ports, gone = memory.due(1)
        mine = {os.getuid()}
        self.assertEqual(list(drain.to_end(kernel.sockets(), ports, gone, memory, {os.getuid() + 1})), [])
        found = list(drain.to_end(kernel.sockets(), ports, gone, memory, mine))
        # The accepted leg of the closed port, and the dialled leg to the left place.
        self.assertEqual(
            sorted((one.port, one.remote) for one, _ in found),
            sorted(
                [
                    (port(closed), pairs["closed"][0].getsockname()),
                    (port(pairs["left"][0]), ("127.0.0.2", port(left))),
                ]
            ),
        )
        self.assertEqual({name for _, name in found}, {"gone"})
        self.assertEqual([kernel.destroy(one) for one, _ in found], [True, True])
        self.assertEqual([kernel.destroy(one) for one, _ in found], [False, False])
        for name, pair in pairs.items():
            self.assertEqual([self.alive(one) for one in pair], [name in ("stays", "kept")] * 2, name)

    def test_an_identity_is_of_one_connection_alone(self):
        listener = self.listen()
        client, server = self.connect(listener)
        (one,) = [one for one in kernel.sockets() if one.port == client.getsockname()[1]]
        place = client.getsockname()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.close()
        server.close()
        again = socket.socket()
        self.open.append(again)
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(place)
        again.connect(listener.getsockname())
        self.assertFalse(kernel.destroy(one))
        self.assertTrue(self.alive(again))


if __name__ == "__main__":
    unittest.main()
