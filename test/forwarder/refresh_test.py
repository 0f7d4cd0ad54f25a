"""The refresher's own tests, run by refresher.test.ts: DNS against servers on the loopback address, moves against a
kernel that only writes down what it was told."""

import ipaddress
import json
import os
import socket
import struct
import sys
import tempfile
import threading
import types
import unittest

sys.path.insert(0, os.environ["PLR_FORWARDER"])
SCRATCH = tempfile.TemporaryDirectory()
os.environ["PLR_STATE"] = os.path.join(SCRATCH.name, "addresses.json")
os.environ["PLR_LEAVING"] = os.path.join(SCRATCH.name, "leaving.json")

import refresh  # noqa: E402
import refresh_dns as dns  # noqa: E402
import refresh_files as files  # noqa: E402


def wire(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def record(owner, kind, data):
    return owner + struct.pack(">HHIH", kind, 1, 30, len(data)) + data


def reply(asked, records, flags=0x8180, number=None):
    head = struct.pack(">6H", struct.unpack(">H", asked[:2])[0] if number is None else number, flags, 1, len(records), 0, 0)
    return head + asked[12 : asked.index(b"\0", 12) + 5] + b"".join(records)


def address(text):
    return record(b"\xc0\x0c", 1, socket.inet_aton(text))


def free_port(by_tcp):
    """A UDP socket on a free port, and a TCP one on the same: what is free for one can be taken for the other."""
    taken = []
    try:
        while True:
            udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            udp.bind(("127.0.0.1", 0))
            if not by_tcp:
                return udp, None
            tcp = socket.socket()
            try:
                tcp.bind(udp.getsockname())
                return udp, tcp
            except OSError:
                # Kept until the end, so that the next one is another.
                taken += [udp, tcp]
    finally:
        for one in taken:
            one.close()


class Server:
    """One name server on a port of its own; `behave(question) -> list of datagrams`, and what it says by TCP."""

    def __init__(self, behave, by_tcp=None):
        self.udp, self.tcp = free_port(by_tcp)
        self.place = self.udp.getsockname()
        self.asked = 0
        self.behave = behave
        threading.Thread(target=self.serve, daemon=True).start()
        if by_tcp:
            self.tcp.listen()
            threading.Thread(target=self.serve_tcp, args=(by_tcp,), daemon=True).start()

    def serve(self):
        while True:
            asked, client = self.udp.recvfrom(4096)
            self.asked += 1
            for text in self.behave(asked):
                self.udp.sendto(text, client)

    def serve_tcp(self, by_tcp):
        while True:
            client, _ = self.tcp.accept()
            (length,) = struct.unpack(">H", client.recv(2))
            text = by_tcp(client.recv(length))
            # In two parts: a stream knows no messages.
            client.sendall(struct.pack(">H", len(text)) + text[:5])
            client.sendall(text[5:])
            client.close()


class Dns(unittest.TestCase):
    def ask(self, behave, host="db.corp.example", **more):
        return dns.ask_server(Server(behave, **more).place, [host], 1.0)

    def test_takes_all_addresses(self):
        self.assertEqual(
            self.ask(lambda q: [reply(q, [address("10.0.0.2"), address("10.0.0.1")])]),
            {"db.corp.example": ["10.0.0.2", "10.0.0.1"]},
        )

    def test_follows_aliases_in_any_order_and_case(self):
        alias = record(b"\xc0\x0c", 5, wire("Real.Corp.example"))
        real = record(wire("real.corp.EXAMPLE"), 1, socket.inet_aton("10.0.0.3"))
        stray = record(wire("other.example"), 1, socket.inet_aton("10.6.6.6"))
        self.assertEqual(self.ask(lambda q: [reply(q, [stray, real, alias])]), {"db.corp.example": ["10.0.0.3"]})

    def test_no_answer_is_none(self):
        for behave in (
            lambda q: [reply(q, [], 0x8183)],
            lambda q: [reply(q, [address("10.0.0.1")], 0x8182)],
            lambda q: [reply(q, [])],
            lambda q: [reply(q, [record(b"\xc0\x0c", 28, b"\0" * 16)])],
        ):
            self.assertEqual(self.ask(behave), {})

    def test_believes_nobody_else(self):
        good = lambda q: reply(q, [address("10.0.0.1")])
        forged = lambda q: [
            b"",
            b"\0",
            reply(q, [address("10.6.6.6")], number=struct.unpack(">H", q[:2])[0] ^ 1),
            reply(q[:12] + wire("evil.example") + q[-15:], [address("10.6.6.6")]),
            reply(q, [address("10.6.6.6")], 0x0100),
            good(q),
        ]
        self.assertEqual(self.ask(forged).get("db.corp.example", ["10.0.0.1"]), ["10.0.0.1"])

    def test_survives_every_cut_and_a_name_that_points_at_itself(self):
        whole = reply(dns.question(7, "db.corp.example"), [record(b"\xc0\x0c", 5, wire("a.example")), address("10.0.0.1")])
        for cut in range(len(whole)):
            try:
                dns.answer(whole[:cut], "db.corp.example")
            except (ValueError, IndexError, struct.error):
                pass
        with self.assertRaises(ValueError):
            dns.name_at(b"\0" * 12 + b"\xc0\x0c", 12)
        with self.assertRaises(ValueError):
            dns.answer(whole[:12] + b"\xc0\x0c\0\1\0\1", "db.corp.example")

    def test_asks_by_tcp_what_does_not_fit(self):
        many = ["10.1.%d.%d" % (i // 250, i % 250 + 1) for i in range(400)]
        found = self.ask(
            lambda q: [reply(q, [], 0x8380)], by_tcp=lambda q: reply(q, [address(text) for text in many])
        )
        self.assertEqual(found, {"db.corp.example": many})

    def test_three_hundred_names_in_one_round(self):
        server = Server(lambda q: [reply(q, [address("10.0.0.1")])])
        hosts = ["host-%d.corp.example" % i for i in range(300)]
        self.assertEqual(sorted(dns.ask_server(server.place, hosts, 5.0)), sorted(hosts))

    def test_goes_on_with_the_server_that_answers(self):
        silent = Server(lambda q: [])
        lame = Server(lambda q: [reply(q, [], 0x8182)])
        good = Server(lambda q: [reply(q, [address("10.0.0.1")])])
        resolver = dns.Resolver()
        servers = [silent.place, lame.place, good.place]
        for _ in range(3):
            self.assertEqual(resolver.ask(servers, ["db.corp.example"]), {"db.corp.example": ["10.0.0.1"]})
        self.assertEqual((silent.asked, lame.asked, good.asked), (1, 1, 3))
        self.assertEqual(resolver.ask(servers[:1], ["db.corp.example"]), {})

    def test_a_server_that_falls_silent_is_left_and_taken_again(self):
        says = {"first": [address("10.0.0.1")], "second": [address("10.0.0.1")]}
        first = Server(lambda q: [reply(q, says["first"])] if says["first"] else [])
        second = Server(lambda q: [reply(q, says["second"])] if says["second"] else [])
        resolver, within = dns.Resolver(), dns.ANSWER_WITHIN
        dns.ANSWER_WITHIN = 0.2
        try:
            ask = lambda: resolver.ask([first.place, second.place], ["db.corp.example"])
            good = {"db.corp.example": ["10.0.0.1"]}
            self.assertEqual(ask(), good)
            says["first"] = None
            self.assertEqual([ask() for _ in range(4)], [good] * 4)
            # One question found out that the first is silent; then the second was asked first.
            self.assertEqual((first.asked, second.asked), (2, 4))
            says["second"] = None
            self.assertEqual([ask() for _ in range(3)], [{}] * 3)
            says["first"] = [address("10.0.0.2")]
            self.assertEqual([ask() for _ in range(2)], [{"db.corp.example": ["10.0.0.2"]}] * 2)
            says["first"], says["second"] = None, [address("10.0.0.3")]
            self.assertEqual(ask(), {"db.corp.example": ["10.0.0.3"]})
        finally:
            dns.ANSWER_WITHIN = within

    def test_a_name_that_appears_after_nxdomain_is_found(self):
        known = []
        server = Server(lambda q: [reply(q, known, 0x8180 if known else 0x8183)])
        resolver = dns.Resolver()
        self.assertEqual([resolver.ask([server.place], ["db.corp.example"]) for _ in range(3)], [{}] * 3)
        known.append(address("10.0.0.1"))
        self.assertEqual(resolver.ask([server.place], ["db.corp.example"]), {"db.corp.example": ["10.0.0.1"]})
        known.clear()
        self.assertEqual(resolver.ask([server.place], ["db.corp.example"]), {})

    def test_reads_servers_as_people_write_them(self):
        for text, place in {
            "10.0.0.4": ("10.0.0.4", 53),
            "10.0.0.4:5353": ("10.0.0.4", 5353),
            "fd00::1": ("fd00::1", 53),
            "[fd00::1]:5353": ("fd00::1", 5353),
        }.items():
            self.assertEqual(dns.server_address(text), place)
        with self.assertRaises(ValueError):
            dns.server_address("name.example")


class Moves(unittest.TestCase):
    def setUp(self):
        self.told = []
        refresh.nft = lambda text, *options: self.told.append(text)
        self.standing, self.rules = None, None
        refresh.elements_in_kernel = lambda: self.standing
        refresh.rules_in_kernel = lambda: self.rules
        refresh.write_setting = lambda path, value: None
        refresh.say = lambda text: None
        refresh.FIRST_ANSWERS_WITHIN = 0
        self.clock = 0
        refresh.time = types.SimpleNamespace(monotonic=lambda: self.clock, sleep=lambda seconds: None)
        for path in (files.STATE_FILE, os.environ["PLR_LEAVING"]):
            if os.path.exists(path):
                os.remove(path)
        self.answers = {}

    def configuration(self, **targets):
        with tempfile.TemporaryDirectory() as folder:
            read = {
                "revision": "r1",
                "ready_port": 1,
                "probes": [],
                "resolvers": ["10.0.0.4"],
                "resolve_interval": 1,
                "targets": {
                    name: {"port": p, "host": h, "host_port": 5432, "literal": h[0].isdigit(), "idle_timeout": 600, "drain": 5}
                    for name, (p, h) in targets.items()
                },
            }
            with open(os.path.join(folder, "targets.json"), "w", encoding="ascii") as file:
                json.dump(read, file)
            with open(os.path.join(folder, "nftables.nft"), "w", encoding="ascii") as file:
                file.write("table;\n")
            return files.Configuration(folder)

    def service(self, **targets):
        service = refresh.Service()
        service.resolver.ask = lambda servers, hosts: {h: self.answers[h] for h in hosts if h in self.answers}
        service.load(self.configuration(**targets))
        return service

    def round(self, service):
        before = len(self.told)
        service.round()
        return "".join(self.told[before:]).splitlines()

    def test_loads_table_and_elements_in_one_transaction(self):
        self.answers = {"a.example": ["10.0.0.2", "10.0.0.1"]}
        self.service(a=(10000, "a.example"), b=(10001, "10.9.9.9"), c=(10002, "unknown.example"))
        self.assertEqual(len(self.told), 1)
        self.assertIn("targets { 10000 : 10.0.0.1 . 5432, 10001 : 10.9.9.9 . 5432 }", self.told[0])

    def test_rules_that_stand_are_left_alone(self):
        service = self.service(a=(10000, "10.0.0.1"), b=(10001, "10.0.0.2"), c=(10002, "10.0.0.3"))
        self.assertIn("table;", self.told[-1])
        self.standing = {10000: ("10.0.0.1", 5432), 10001: ("10.0.0.2", 5432), 10002: ("10.0.0.3", 5432)}
        # By this process, and by the next one, which asks the kernel what stands.
        for load in (service.load, lambda configuration: refresh.Service().load(configuration)):
            load(self.configuration(a=(10000, "10.0.0.1"), b=(10001, "10.0.0.7"), d=(10003, "10.0.0.4")))
            self.assertEqual(
                self.told[-1].splitlines(),
                [
                    "delete element ip privatelink_router targets { 10001 }",
                    "delete element ip privatelink_router targets { 10002 }",
                    "add element ip privatelink_router targets { 10001 : 10.0.0.7 . 5432 }",
                    "add element ip privatelink_router targets { 10003 : 10.0.0.4 . 5432 }",
                    "flush set ip privatelink_router closed",
                    "flush set ip privatelink_router dead",
                ],
            )

    def test_rules_that_differ_give_way(self):
        loads = lambda: self.service(a=(10000, "10.0.0.1"))
        loads()
        self.standing = {10000: ("10.0.0.1", 5432)}
        loads()
        self.assertNotIn("table;", self.told[-1])
        for change in (
            lambda: setattr(self, "rules", "somebody's"),
            lambda: files.write_state({}, None),
            lambda: setattr(self, "standing", None),
        ):
            change()
            loads()
            self.assertIn("table;", self.told[-1])

    def test_other_rules_of_the_same_chains_are_put_into_them(self):
        head, chain = "delete table ip privatelink_router\n", "  chain forward {\n    type filter hook forward;\n%s"
        service = self.service()
        for table, begins in (
            (head + chain % "    accept\n", head),
            (head + chain % "    drop\n", "flush table ip privatelink_router\n"),
            (head + chain % "    drop\n", "flush set ip privatelink_router closed\n"),
            (head + (chain % "    drop\n").replace("hook forward", "hook input"), head),
            (head + chain % "    drop\n" + "  set more {\n", head),
        ):
            configuration = self.configuration(a=(10000, "10.0.0.1"))
            configuration.table = table
            service.load(configuration)
            self.assertTrue(self.told[-1].startswith(begins), self.told[-1])
            self.standing = {10000: ("10.0.0.1", 5432)}

    def test_a_table_that_somebody_touched_is_loaded_again(self):
        service = self.service(a=(10000, "10.0.0.1"))
        self.standing, loads = {10000: ("10.0.0.1", 5432)}, len(self.told)
        self.clock = 6
        service.look()
        self.assertEqual(len(self.told), loads)
        for rules, standing, again in (
            ("somebody's", self.standing, "table;"),
            ("somebody's", {}, "add element ip privatelink_router targets { 10000 : 10.0.0.1 . 5432 }"),
            ("somebody's", None, "table;"),
        ):
            self.rules, self.standing = rules, standing
            self.clock += 6
            service.look()
            self.assertTrue(self.told[-1].startswith(again), self.told[-1])

    def test_keeps_an_address_while_it_is_in_the_answer(self):
        self.answers = {"a.example": ["10.0.0.2"]}
        service = self.service(a=(10000, "a.example"))
        for answers in (["10.0.0.1", "10.0.0.2"], ["10.0.0.2"], ["10.0.0.3", "10.0.0.2"]):
            self.answers = {"a.example": answers}
            self.assertEqual(self.round(service), [])

    def test_moves_in_one_transaction_and_resets_what_flows_to_the_old_place_when_its_drain_is_over(self):
        self.answers = {"a.example": ["10.0.0.1"]}
        service = self.service(a=(10000, "a.example"), b=(10001, "a.example"))
        self.answers = {"a.example": ["10.0.0.2"]}
        before = len(self.told)
        self.assertEqual(
            self.round(service),
            [
                "delete element ip privatelink_router targets { 10000 }",
                "delete element ip privatelink_router targets { 10001 }",
                "add element ip privatelink_router targets { 10000 : 10.0.0.2 . 5432 }",
                "add element ip privatelink_router targets { 10001 : 10.0.0.2 . 5432 }",
            ],
        )
        self.assertEqual(len(self.told), before + 1)
        self.clock = 4.9
        self.assertEqual(self.round(service), [])
        self.clock = 5
        self.assertEqual(self.round(service), ["add element ip privatelink_router dead { 10.0.0.1 . 5432 }"])
        self.assertEqual(self.round(service), [])
        self.answers = {"a.example": ["10.0.0.1"]}
        moves = self.round(service)
        self.assertEqual(moves[-1], "delete element ip privatelink_router dead { 10.0.0.1 . 5432 }")
        # It came back within a few seconds: its name takes turns, and the other one is given more time.
        self.clock = 10
        self.assertEqual(self.round(service), [])
        self.clock = 20
        self.assertEqual(self.round(service), ["add element ip privatelink_router dead { 10.0.0.2 . 5432 }"])
        self.clock = 21
        service.look()
        self.assertIn("add element ip privatelink_router dead { 10.0.0.2 . 5432 }\n", self.told[-1])

    def test_resets_what_flows_through_a_removed_listener_when_its_drain_is_over(self):
        service = self.service(a=(10000, "10.0.0.1"), b=(10001, "10.0.0.2"), c=(10002, "10.0.0.1"))
        service.load(self.configuration(c=(10002, "10.0.0.1")))
        self.assertNotIn("closed", self.told[-1])
        # Another process takes over in between.
        service = self.service(c=(10002, "10.0.0.1"))
        self.clock = 5
        self.assertEqual(
            self.round(service),
            [
                "add element ip privatelink_router closed { 10000, 10001 }",
                "add element ip privatelink_router dead { 10.0.0.2 . 5432 }",
            ],
        )
        service.load(self.configuration(c=(10002, "10.0.0.1"), d=(10000, "10.0.0.3")))
        self.assertIn("add element ip privatelink_router closed { 10001 }\n", self.told[-1])

    def test_a_place_that_another_target_has_is_not_dead(self):
        self.answers = {"a.example": ["10.0.0.1"]}
        service = self.service(a=(10000, "a.example"), b=(10001, "10.0.0.1"))
        self.answers = {"a.example": ["10.0.0.2"]}
        self.round(service)
        self.clock = 5
        self.assertEqual(self.round(service), [])

    def test_keeps_everything_without_dns_over_a_restart_too(self):
        self.answers = {"a.example": ["10.0.0.1"]}
        service = self.service(a=(10000, "a.example"))
        self.answers = {"a.example": ["10.0.0.2"]}
        self.round(service)
        self.answers = {}
        self.assertEqual(self.round(service), [])
        self.clock = 5
        self.service(a=(10000, "a.example"))
        self.assertIn("targets { 10000 : 10.0.0.2 . 5432 }", self.told[-1])
        self.assertIn("dead { 10.0.0.1 . 5432 }", self.told[-1])

    def test_silence_answer_and_silence_again_are_told_once_each(self):
        said = []
        refresh.say = said.append
        self.answers = {"a.example": ["10.0.0.1"]}
        service = self.service(a=(10000, "a.example"))
        for answers, words in (
            ({}, ["a.example: no answer from DNS, keeping 10.0.0.1"]),
            # More than a minute of rounds, one a second.
            *[({}, [])] * 90,
            ({"a.example": ["10.0.0.1"]}, ["a.example: DNS answers again"]),
            ({}, ["a.example: no answer from DNS, keeping 10.0.0.1"]),
            ({}, []),
            (
                {"a.example": ["10.0.0.2"]},
                ["a.example: DNS answers again", "target=a port=10000 is now at 10.0.0.2, was 10.0.0.1"],
            ),
            ({}, ["a.example: no answer from DNS, keeping 10.0.0.2"]),
        ):
            del said[:]
            self.answers = answers
            moves = self.round(service)
            self.assertEqual(said, words)
            self.assertEqual(bool(moves), any("is now at" in word for word in words))

    def test_a_name_that_appears_later_opens_its_listener(self):
        said = []
        refresh.say = said.append
        service = self.service(a=(10000, "a.example"), b=(10001, "10.9.9.9"))
        self.assertIn("targets { 10001 : 10.9.9.9 . 5432 }", self.told[-1])
        for _ in range(90):
            self.assertEqual(self.round(service), [])
        self.assertEqual(said, ["a.example: no answer from DNS, its listeners refuse"])
        self.answers = {"a.example": ["10.0.0.1"]}
        self.assertEqual(self.round(service), ["add element ip privatelink_router targets { 10000 : 10.0.0.1 . 5432 }"])
        self.assertEqual(
            said[1:], ["a.example: DNS answers again", "target=a port=10000 is now at 10.0.0.1, was unknown"]
        )

    def test_a_state_that_is_no_state_is_left_aside(self):
        for text in ("", "{", "[]", '{"addresses": {"a.example": "10.0.0.1; flush ruleset"}}', "null"):
            with open(files.STATE_FILE, "w", encoding="ascii") as file:
                file.write(text)
            self.assertEqual(files.read_state(), ({}, None))

    def test_a_move_that_nft_refuses_is_tried_again(self):
        self.answers = {"a.example": ["10.0.0.1"]}
        service = self.service(a=(10000, "a.example"))
        self.answers = {"a.example": ["10.0.0.2"]}
        working, refresh.nft = refresh.nft, self.refuse
        with self.assertRaises(RuntimeError):
            service.round()
        refresh.nft = working
        self.assertIn("add element ip privatelink_router targets { 10000 : 10.0.0.2 . 5432 }", self.round(service))

    def refuse(self, text, *options):
        raise RuntimeError("no")

    def test_asks_hundreds_of_names_more_slowly(self):
        few = self.configuration(**{"t%d" % i: (i + 1, "h%d.example" % i) for i in range(100)})
        many = self.configuration(**{"t%d" % i: (i + 1, "h%d.example" % i) for i in range(300)})
        self.assertEqual((few.interval, many.interval, few.idle), (1.0, 3.0, 600))
        self.assertTrue(all(isinstance(probe, ipaddress.IPv4Network) for probe in few.probes))


if __name__ == "__main__":
    unittest.main()
