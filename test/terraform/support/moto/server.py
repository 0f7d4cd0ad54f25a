"""moto's server made strict: it refuses what AWS refuses. Prints its two ports as JSON and ends with its standard input."""

import http.server
import io
import json
import logging
import os
import sys
import threading
import urllib.parse

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

import admin
import endpoint_services  # noqa: F401  imported for its replacements
import load_balancers  # noqa: F401
import security_groups  # noqa: F401
from locking import LOCK

logging.getLogger("werkzeug").setLevel(logging.ERROR)


class Recorder:
    """
    Notes the action of each request of the query protocol, which EC2 and Elastic Load Balancing speak, and lets one
    request in at a time: moto walks its dictionaries while others change them, and answers a request in dozens with an
    error that AWS never gives.

    On a busy machine an answer may get lost on its way, and the client asks again, in the words of its SDK: another attempt
    of the same invocation. What was done before is not done again then; the answer is given once more.
    """

    def __init__(self, application):
        self.application = application
        self.done = {}

    def __call__(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length) if length else b""
        environ["wsgi.input"] = io.BytesIO(body)
        fields = dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace")))
        action = fields.pop("Action", None)
        if action is None or action.startswith("Describe"):
            with LOCK:
                return [b"".join(self.application(environ, start_response))]
        fields.pop("Version", None)
        with LOCK:
            return self.change(environ, start_response, {"action": action, "parameters": fields})

    def change(self, environ, start_response, request):
        invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if invocation in self.done:
            status, headers, body = self.done[invocation]
            start_response(status, headers)
            return [body]
        admin.REQUESTS.append(request)
        said = []

        def note(status, headers, *more):
            said[:] = [status, headers]
            return start_response(status, headers, *more)

        body = b"".join(self.application(environ, note))
        # What was refused may be tried anew.
        if invocation is not None and said[0].startswith("2"):
            self.done[invocation] = (*said, body)
        return [body]


def main():
    cloud = make_server("127.0.0.1", 0, Recorder(DomainDispatcherApplication(create_backend_app)), threaded=True)
    door = http.server.ThreadingHTTPServer(("127.0.0.1", 0), admin.Handler)
    for server in (cloud, door):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": cloud.server_port, "adminPort": door.server_port}), flush=True)
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
