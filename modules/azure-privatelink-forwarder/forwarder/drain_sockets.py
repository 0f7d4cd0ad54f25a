"""The kernel's TCP sockets by sock_diag(7): lists them and ends single ones. Python's standard library only."""

import os
import socket
import struct

NETLINK_SOCK_DIAG = 4
SOCK_DIAG_BY_FAMILY, SOCK_DESTROY = 20, 21
REQUEST, ACK, DUMP = 0x1, 0x4, 0x300
ERROR, DONE = 2, 3
# Bits of the states in which a socket has another end that somebody talks to: neither listening nor waiting for its end.
CONNECTED = sum(1 << state for state in (1, 2, 3, 4, 5, 8, 9, 11))
# struct inet_diag_req_v2 before its sockid; struct inet_diag_msg is the sockid after four bytes, and the uid behind it.
HEAD, ASK = struct.Struct("=IHHII"), struct.Struct("=BBBxI")
SOCKID = struct.Struct("!HH4s12x4s12x")
ID_BYTES, MESSAGE = 48, struct.Struct("=4x48s12xI")


class Socket:
    """One end of an IPv4 connection on this machine."""

    __slots__ = ("identity", "port", "remote", "uid")

    def __init__(self, message, place):
        self.identity, self.uid = MESSAGE.unpack_from(message, place)
        self.port, port, _, address = SOCKID.unpack_from(self.identity)
        self.remote = (socket.inet_ntoa(address), port)


def ask(kind, flags, body):
    """Sends one request and yields (kind, message, place of its body) of the answer."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as kernel:
        kernel.settimeout(10)
        kernel.send(HEAD.pack(HEAD.size + len(body), kind, REQUEST | flags, 1, 0) + body)
        while True:
            message, place = kernel.recv(1 << 18), 0
            while place < len(message):
                length, answer, _, _, _ = HEAD.unpack_from(message, place)
                if answer == DONE:
                    return
                if answer == ERROR:
                    (code,) = struct.unpack_from("=i", message, place + HEAD.size)
                    if code:
                        raise OSError(-code, os.strerror(-code))
                    return
                yield message, place + HEAD.size
                place += (length + 3) & ~3


def sockets():
    """Every connected IPv4 TCP socket of the machine."""
    asked = ASK.pack(socket.AF_INET, socket.IPPROTO_TCP, 0, CONNECTED) + bytes(ID_BYTES)
    return [Socket(message, place) for message, place in ask(SOCK_DIAG_BY_FAMILY, DUMP, asked)]


def destroy(one):
    """Ends a socket as if its other end had reset it, and resets the other end. False where it had ended already; an
    OSError where the kernel cannot (it lacks CONFIG_INET_DIAG_DESTROY) or does not let us."""
    asked = ASK.pack(socket.AF_INET, socket.IPPROTO_TCP, 0, CONNECTED) + one.identity
    try:
        list(ask(SOCK_DESTROY, ACK, asked))
        return True
    except FileNotFoundError:
        return False


def can_destroy():
    """None where the kernel ends sockets, else why not: tried with a connection of our own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with socket.create_connection(listener.getsockname()) as client:
            try:
                own = [one for one in sockets() if one.port == client.getsockname()[1]]
                return None if own and all(destroy(one) for one in own) else "its sockets are not listed"
            except OSError as error:
                return str(error)
