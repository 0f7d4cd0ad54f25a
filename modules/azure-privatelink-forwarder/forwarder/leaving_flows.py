"""How many sessions the kernel forwards, by its connection tracking (ctnetlink). Python's standard library only."""

import os
import socket
import struct

NETLINK_NETFILTER = 12
# Subsystem 1 is connection tracking, its message 1 asks for entries.
GET = 1 << 8 | 1
REQUEST, DUMP = 0x1, 0x300
ERROR, DONE = 2, 3
HEAD, ATTRIBUTE = struct.Struct("=IHHII"), struct.Struct("=HH")
# struct nfgenmsg: family, version, resource.
FAMILY = struct.Struct("=BBH")
# Attributes of an entry: the way of its first packet, and the protocol's own state.
TUPLE_ORIG, PROTOINFO = 1, 4
TUPLE_PROTO, PROTO_DST_PORT = 2, 3
PROTOINFO_TCP, TCP_STATE = 1, 1
# States in which both ends still talk: from the answer to the first packet to the first FIN.
TALKING = (2, 3, 4, 5)


def attributes(message, place, end):
    """Kind -> (begin, end) of the content of each attribute; nested ones are read by calling it again."""
    found = {}
    while place + ATTRIBUTE.size <= end:
        length, kind = ATTRIBUTE.unpack_from(message, place)
        if length < ATTRIBUTE.size:
            break
        found[kind & 0x3FFF] = (place + ATTRIBUTE.size, place + length)
        place += (length + 3) & ~3
    return found


def inner(message, span, *path):
    """The content of an attribute inside others, None where one of them is missing."""
    for kind in path:
        span = attributes(message, *span).get(kind)
        if span is None:
            return None
    return message[span[0] : span[1]]


def flow(message, begin, end):
    """Of one entry: the port that its client dialled, and the state of TCP; None for what is no TCP."""
    span = (begin, end)
    port, state = inner(message, span, TUPLE_ORIG, TUPLE_PROTO, PROTO_DST_PORT), inner(
        message, span, PROTOINFO, PROTOINFO_TCP, TCP_STATE
    )
    return (struct.unpack(">H", port)[0], state[0]) if port and state else None


def flows():
    """Every flow of IPv4 and TCP that the kernel tracks. An OSError where it does not let us look."""
    body = FAMILY.pack(socket.AF_INET, 0, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER) as kernel:
        kernel.settimeout(10)
        kernel.send(HEAD.pack(HEAD.size + len(body), GET, REQUEST | DUMP, 1, 0) + body)
        while True:
            message, place = kernel.recv(1 << 18), 0
            while place < len(message):
                length, kind, _, _, _ = HEAD.unpack_from(message, place)
                if kind == DONE:
                    return
                if kind == ERROR:
                    (code,) = struct.unpack_from("=i", message, place + HEAD.size)
                    raise OSError(-code, os.strerror(-code))
                found = flow(message, place + HEAD.size + FAMILY.size, place + length)
                if found is not None:
                    yield found
                place += (length + 3) & ~3


def sessions(ports):
    """How many clients of these ports are connected."""
    return sum(1 for port, state in flows() if port in ports and state in TALKING)
