"""Tests of what removed targets leave behind at ports that others share, run by drain.test.ts."""

import os
import sys
import unittest

sys.path.insert(0, os.environ["PLR_FORWARDER"])

import drain_backends as backends  # noqa: E402
import drain_leaving as leaving  # noqa: E402

PROCESSES = """#<PID>          <type>          <reloads>       <uptime>        <version>
1162            master          5 [failed: 0]   0d00h02m07s     2.6.12
# workers
1271            worker          1               0d00h00m00s     2.6.12
# old workers
1233            worker          3               0d00h00m43s     2.6.12
1240            worker          [was: 1]        0d00h00m40s     2.4.0
# programs
"""
SESSIONS = """0x1: proto=tcpv4 src=10.0.0.4:1 fe=port_443 be=my-api srv=a0123abcd ts=00 epoch=0 age=2s
0x2: proto=tcpv4 src=10.0.0.4:2 fe=port_443 be=my-api srv=h0123abcd-12 ts=00 epoch=0 age=2s
0x3: proto=sockpair src=unix:2 fe=GLOBAL be=<NONE> srv=<none> ts=00 epoch=0 age=0s

"""


def target(names, host="10.0.0.1", port=443, drain=5, path=""):
    literal = host[0].isdigit()
    shared = {"route": "sni", "names": names, "path": path}
    return {"port": port, "host": host, "host_port": 8443, "literal": literal, "drain": drain, **shared}


class Answers(unittest.TestCase):
    def test_old_processes_are_found_in_the_answers_of_every_version(self):
        self.assertEqual(backends.old_processes(PROCESSES), [1233, 1240])
        self.assertEqual(backends.old_processes("# workers\n1 worker\n# programs\n"), [])

    def test_sessions_have_their_backend_and_server(self):
        self.assertEqual(
            list(backends.sessions(SESSIONS)),
            [("0x1", "my-api/a0123abcd"), ("0x2", "my-api/h0123abcd"), ("0x3", "<NONE>/<none>")],
        )

    def test_a_haproxy_that_cannot_be_asked_is_said_once(self):
        said, backends.MASTER = [], "/nowhere/master.sock"
        processes = backends.OldProcesses(said.append)
        processes.end({}, 0)
        self.assertEqual(said, [])
        for now in range(3):
            processes.end({"a/a00000000": "a"}, now)
        self.assertEqual(len(said), 1)


class Left(unittest.TestCase):
    def after(self, before, now, seconds=5):
        """The targets of backends that are due so many seconds after one map of targets took the other's place."""
        left = leaving.Leaving()
        left.update(before, {}, 0)
        left.update(now, {}, 100)
        return leaving.Leaving(left.kept()).due_backends(100 + seconds)

    def test_a_removed_target_is_due_after_its_drain_though_port_and_place_go_on(self):
        both = {"a": target(["a.example"]), "b": target(["b.example"])}
        name = leaving.backends_of("a", both["a"])[0]
        self.assertEqual(self.after(both, {"b": both["b"]}), {name: "a"})
        self.assertEqual(self.after(both, {"b": both["b"]}, 4.9), {})

    def test_a_renamed_target_has_left_nothing(self):
        old = target(["a.example", "c.example"])
        self.assertEqual(self.after({"a": old}, {"b": target(["c.example"])}), {})

    def test_a_target_that_was_renamed_and_then_removed_leaves_its_sessions_of_both_names(self):
        a, b, left = {"a": target(["a.example"])}, {"b": target(["a.example"])}, leaving.Leaving()
        for now, targets in enumerate((a, b, b, {})):
            left.update(targets, {}, now)
            left = leaving.Leaving(left.kept())
        self.assertEqual(set(left.due_backends(8)), {*leaving.backends_of("a", a["a"]), *leaving.backends_of("b", b["b"])})

    def test_another_name_path_or_port_is_another_target(self):
        old = target(["a.example"])
        for new in target(["b.example"]), target(["a.example"], path="/a"), target(["a.example"], port=444):
            self.assertEqual(list(self.after({"a": old}, {"b": new}).values()), ["a"])

    def test_a_target_that_moves_leaves_its_old_host(self):
        old, new = target(["a.example"]), target(["a.example"], host="a.internal", drain=9)
        self.assertEqual(self.after({"a": old}, {"a": new}, 8), {})
        self.assertEqual(list(self.after({"a": old}, {"a": new}, 9)), leaving.backends_of("a", old))

    def test_one_of_several_hosts_that_goes_is_left_alone(self):
        hosts = [{"host": host, "literal": True} for host in ("10.0.0.1", "10.0.0.2")]
        old, new = target(["a.example"]), target(["a.example"])
        old["hosts"], new["hosts"] = hosts, hosts[1:]
        self.assertEqual(list(self.after({"a": old}, {"a": new})), leaving.backends_of("a", old)[:1])

    def test_what_comes_back_is_not_due_and_what_is_over_is_forgotten_when_no_connection_can_wait_any_more(self):
        a, b = {"a": target(["a.example"])}, {"b": target(["b.example"])}
        left = leaving.Leaving()
        for now, targets in enumerate((a, b, {**a, **b})):
            left.update(targets, {}, now)
        self.assertEqual(left.due_backends(1000), {})
        left.update(b, {}, 1000)
        left.forget(1005 + leaving.CONNECTIONS_WAIT - 1)
        self.assertEqual(list(left.due_backends(1005).values()), ["a"])
        left.forget(1005 + leaving.CONNECTIONS_WAIT)
        self.assertEqual(left.due_backends(2000), {})

    def test_a_target_with_a_port_of_its_own_has_no_backend_here(self):
        alone = {key: value for key, value in target([]).items() if key not in ("route", "names", "path")}
        self.assertEqual(self.after({"a": alone}, {}), {})


if __name__ == "__main__":
    unittest.main()
