"""Asks name servers for addresses: one question for each name, all at once. Python's standard library only."""

import ipaddress
import os
import random
import re
import select
import socket
import struct
import time

RESOLV_CONF = os.environ.get("PLR_RESOLV_CONF", "/etc/resolv.conf")
# Seconds that one name server is waited for; then the next one is asked.
ANSWER_WITHIN = 1.0
# Questions that wait for their answers together: more would not fit into the buffers on the way.
AT_A_TIME = 50
# Numbers of questions that nobody can foresee: an answer with another one is not believed.
RANDOM = random.SystemRandom()


def server_address(text):
    """`10.0.0.4`, `10.0.0.4:5353`, `fd00::1`, `[fd00::1]:53` -> (address, port)."""
    bracket = re.fullmatch(r"\[([0-9a-fA-F:.]+)\](?::(\d{1,5}))?", text)
    plain = re.fullmatch(r"([0-9.]+)(?::(\d{1,5}))?", text)
    found = bracket or plain
    host, port = (found.group(1), found.group(2)) if found else (text, None)
    ipaddress.ip_address(host)
    return host, int(port or 53)


def machine_servers():
    """The name servers of /etc/resolv.conf, read anew each time: a change is seen in the next round."""
    found = []
    try:
        with open(RESOLV_CONF, encoding="ascii", errors="replace") as file:
            for line in file:
                words = line.split()
                if len(words) > 1 and words[0] == "nameserver":
                    try:
                        found.append(server_address(words[1]))
                    except ValueError:
                        continue
    except OSError:
        pass
    return found


def question(number, host):
    labels = b"".join(bytes([len(label)]) + label.encode("ascii") for label in host.split("."))
    header = struct.pack(">6H", number, 0x0100, 1, 0, 0, 1)
    # The last record says that an answer of 4096 bytes is welcome (EDNS, RFC 6891).
    return header + labels + b"\0" + struct.pack(">2H", 1, 1) + struct.pack(">BHHIH", 0, 41, 4096, 0, 0)


def name_at(message, place):
    """The name at a place of a message and the place behind it; compression is followed."""
    labels, behind, jumps = [], None, 0
    while True:
        length = message[place]
        if length & 0xC0 == 0xC0:
            if behind is None:
                behind = place + 2
            jumps += 1
            if jumps > 64:
                raise ValueError("a name that points at itself")
            place = ((length & 0x3F) << 8) | message[place + 1]
        elif length == 0:
            return ".".join(labels).lower(), behind if behind is not None else place + 1
        else:
            labels.append(message[place + 1 : place + 1 + length].decode("ascii", "replace"))
            place += 1 + length


def answer(message, host):
    """The addresses that a message gives for a host: a list, empty for "none"; None where it is no usable answer."""
    if len(message) < 12:
        return None
    _, flags, questions, answers = struct.unpack(">4H", message[:8])
    if not flags & 0x8000 or questions != 1:
        return None
    asked, place = name_at(message, 12)
    if asked != host:
        return None
    if flags & 0x000F:
        return None
    place += 4
    aliases, addresses = {}, {}
    for _ in range(answers):
        owner, place = name_at(message, place)
        kind, group, _, length = struct.unpack(">HHIH", message[place : place + 10])
        place += 10
        if place + length > len(message):
            raise ValueError("a record that is cut off")
        if group == 1 and kind == 5:
            aliases[owner] = name_at(message, place)[0]
        if group == 1 and kind == 1 and length == 4:
            addresses.setdefault(owner, []).append(socket.inet_ntoa(message[place : place + 4]))
        place += length
    seen = set()
    while host in aliases and host not in seen:
        seen.add(host)
        host = aliases[host]
    return addresses.get(host, [])


def ask_by_tcp(server, host, within):
    """For an answer that did not fit into a datagram."""
    number = RANDOM.getrandbits(16)
    text = question(number, host)
    try:
        with socket.create_connection(server, timeout=within) as connection:
            connection.sendall(struct.pack(">H", len(text)) + text)
            with connection.makefile("rb") as stream:
                (length,) = struct.unpack(">H", stream.read(2))
                message = stream.read(length)
        return answer(message, host) if message[:2] == struct.pack(">H", number) else None
    except (OSError, ValueError, IndexError, struct.error):
        return None


def ask_server(server, hosts, within):
    """Asks one server for all names, many at a time, and takes the answers as they come. host -> list of addresses."""
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    found, waiting, cut, unasked = {}, {}, [], list(hosts)
    until = time.monotonic() + within
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as client:
            client.connect(server)
            while unasked or waiting:
                if unasked and len(waiting) < AT_A_TIME:
                    number = RANDOM.getrandbits(16)
                    if number not in waiting:
                        waiting[number] = unasked.pop()
                        client.send(question(number, waiting[number]))
                    continue
                left = until - time.monotonic()
                if left <= 0 or not select.select([client], [], [], left)[0]:
                    break
                message = client.recv(65535)
                number = struct.unpack(">H", message[:2])[0] if len(message) > 3 else -1
                if number not in waiting:
                    continue
                host = waiting[number]
                try:
                    addresses = answer(message, host)
                except (ValueError, IndexError, struct.error):
                    continue
                del waiting[number]
                if message[2] & 0x02:
                    cut.append(host)
                elif addresses:
                    found[host] = addresses
    except OSError:
        pass
    for host in cut:
        addresses = ask_by_tcp(server, host, within)
        if addresses:
            found[host] = addresses
    return found


class Resolver:
    """Asks the servers in turn and begins with the one that answered last."""

    def __init__(self):
        self.first = 0

    def ask(self, servers, hosts):
        found, open_hosts = {}, list(hosts)
        for step in range(len(servers)):
            if not open_hosts:
                break
            place = (self.first + step) % len(servers)
            got = ask_server(servers[place], open_hosts, ANSWER_WITHIN)
            if got and step > 0:
                self.first = place
            found.update(got)
            open_hosts = [host for host in open_hosts if host not in got]
        return found
