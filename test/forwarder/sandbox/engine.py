"""Listens where haproxy.cfg says and answers its ready text; a configuration that names the port 666 never answers."""

import re
import selectors
import socket
import time

with open("/etc/privatelink-router/haproxy.cfg", encoding="ascii") as file:
    text = file.read()
ready = re.search(r'string "(ready \S+)"', text).group(1)
ports = [int(port) for port in re.findall(r"bind \*:(\d+)", text)]
selector = selectors.DefaultSelector()
for port in ports:
    until = time.monotonic() + 10
    while port != 666:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("0.0.0.0", port))
        except OSError:
            listener.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
            continue
        listener.listen()
        selector.register(listener, selectors.EVENT_READ)
        break
while True:
    for key, _ in selector.select():
        connection, _ = key.fileobj.accept()
        connection.recv(1000)
        connection.sendall(("HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ready), ready)).encode("ascii"))
        connection.close()
