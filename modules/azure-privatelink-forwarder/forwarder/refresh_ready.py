"""How the nftables forwarder tells that it runs: the load balancer's probe and systemd. Standard library only."""

import ipaddress
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The file that makes the load balancer send nobody any more.
LEAVING = os.environ.get("PLR_LEAVING_MARKER", "/run/privatelink-router/leaving")


def serve_ready(service):
    """200 and the revision while the kernel forwards it; for the load balancer and the machine itself alone. A machine
    that leaves says so to the load balancer; its own apply is still told what runs."""

    class Ready(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            own = ipaddress.ip_address(self.client_address[0]).is_loopback
            leaving = not own and os.path.exists(LEAVING)
            body = ("leaving\n" if leaving else "ready %s\n" % service.loaded).encode("ascii")
            self.send_response(200 if service.loaded and not leaving else 503)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def verify_request(self, request, client_address):
            peer = ipaddress.ip_address(client_address[0])
            return any(peer in network for network in service.configuration.probes)

    server = Server(("0.0.0.0", service.configuration.ready_port), Ready)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def tell_systemd(text):
    path = os.environ.get("NOTIFY_SOCKET")
    if path:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
            client.connect("\0" + path[1:] if path.startswith("@") else path)
            client.send(text.encode("ascii"))
