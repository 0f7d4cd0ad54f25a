"""The kernel's side: the table, its elements, and the settings that forwarding needs. Python's standard library only."""

import json
import re
import subprocess

TABLE = "privatelink_router"


def nft(text, *options):
    """Runs a transaction; what nft says against it is a RuntimeError."""
    done = subprocess.run(
        ["nft", *options, "-f", "-"], input=text, capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())


def element(port, address, host_port):
    return "%d : %s . %d" % (port, address, host_port)


def left_behind(verb, ports, places):
    """What moves listener ports and places into the sets of which each session is reset, or out of them."""
    moves = []
    if ports:
        moves.append("%s element ip %s closed { %s }" % (verb, TABLE, ", ".join("%d" % port for port in sorted(ports))))
    if places:
        listed = ", ".join("%s . %d" % place for place in sorted(places))
        moves.append("%s element ip %s dead { %s }" % (verb, TABLE, listed))
    return moves


def whole_table(configuration, elements, ports=(), places=()):
    """The table with its elements, one transaction: what stands in the kernel under its name gives way to it."""
    text = configuration.table
    if elements:
        listed = ", ".join(element(port, *elements[port]) for port in sorted(elements))
        text += "add element ip %s targets { %s }\n" % (TABLE, listed)
    return text + "".join(line + "\n" for line in left_behind("add", ports, places))


def changed_elements(before, after, ports, places):
    """One transaction from the targets that stand in the kernel to others; those that are the same are not touched."""
    gone = sorted(port for port in before if after.get(port) != before[port])
    come = sorted(port for port in after if after[port] != before.get(port))
    lines = ["delete element ip %s targets { %d }" % (TABLE, port) for port in gone]
    lines += ["add element ip %s targets { %s }" % (TABLE, element(port, *after[port])) for port in come]
    lines += ["flush set ip %s %s" % (TABLE, name) for name in ("closed", "dead")]
    return "".join(line + "\n" for line in lines + left_behind("add", ports, places))


def parts(table):
    """The lines that say which chains, sets and maps a table has, without what stands in them."""
    named = re.compile(r"(chain|set|map|type|flags|size)\b")
    return "\n".join(line for line in map(str.strip, table.splitlines()) if named.match(line))


def refilled(table):
    """The table's text for chains that stay, and get other rules: a packet meets a chain with the old or with the new."""
    return table.replace("delete table ip %s\n" % TABLE, "flush table ip %s\n" % TABLE, 1)


def rules_in_kernel():
    """The table without its elements and what it counted, in nft's words; None where there is no such table."""
    list_rules = ["nft", "--stateless", "--terse", "list", "table", "ip", TABLE]
    done = subprocess.run(list_rules, capture_output=True, text=True, timeout=60, check=False)
    # Behind a number sign newer versions count elements.
    return re.sub("#.*", "", done.stdout) if done.returncode == 0 else None


def elements_in_kernel():
    """What the table holds now; None where there is no such table."""
    done = subprocess.run(
        ["nft", "-j", "list", "map", "ip", TABLE, "targets"], capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode != 0:
        return None
    for item in json.loads(done.stdout)["nftables"]:
        if "map" in item:
            pairs = item["map"].get("elem", [])
            return {int(port): (value["concat"][0], int(value["concat"][1])) for port, value in pairs}
    return None


def write_setting(path, value):
    """A setting of the kernel, written only where it differs; one that the machine does not let us set stays."""
    try:
        with open(path, encoding="ascii") as file:
            if file.read().strip() == value:
                return
        with open(path, "w", encoding="ascii") as file:
            file.write(value)
    except OSError as error:
        print("%s stays as it is: %s" % (path, error), flush=True)
