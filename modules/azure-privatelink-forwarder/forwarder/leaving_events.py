"""What Azure is about to do to this machine: Scheduled Events of its metadata service. Standard library only."""

import email.utils
import http.client
import json
import os
from collections import namedtuple

# Never by way of a proxy: the address means this machine's own host.
HOST, PORT = os.environ.get("PLR_METADATA", "169.254.169.254:80").split(":")
EVENTS = "/metadata/scheduledevents?api-version=2020-07-01"
NAME = "/metadata/instance/compute/name?api-version=2021-02-01&format=text"
# Seconds. The first question switches the service on for the scale set, which may take two minutes.
FIRST_WITHIN = 150
WITHIN = 10
# Bytes: a placement group has a hundred machines, and an event some hundred bytes.
LONGEST = 1024 * 1024
# A freeze is a pause of some seconds, which sessions outlive; draining would end them.
LEAVING = ("Terminate", "Reboot", "Redeploy", "Preempt")

# `own`: about this machine; `alone`: about one machine only; `not_before`: seconds since 1970, None where it has begun.
Event = namedtuple("Event", "id kind own alone started not_before")


def events_of(document, name):
    """The events that end machines or their runs: every machine is told those of all others. A ValueError where the
    document is none; one event that cannot be read hides no other."""
    if not isinstance(document, dict) or not isinstance(document.get("Events"), list):
        raise ValueError("no list of events")
    found = []
    for item in document["Events"]:
        try:
            names = [str(one).lower() for one in item["Resources"]]
            if item["EventType"] not in LEAVING:
                continue
            own, started = name.lower() in names, item["EventStatus"] != "Scheduled"
            begins = moment(item.get("NotBefore"))
            found.append(Event(str(item["EventId"]), item["EventType"], own, len(names) == 1, started, begins))
        except (KeyError, TypeError, AttributeError):
            continue
    return found


def moment(text):
    """`Mon, 19 Sep 2016 18:29:47 GMT` in seconds since 1970; None where there is none."""
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, IndexError, AttributeError):
        return None


class Metadata:
    """The metadata service of one machine. What goes wrong is an OSError or a ValueError."""

    def __init__(self):
        self.name = None
        self.answered = False

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection(HOST, int(PORT), timeout=WITHIN if self.answered else FIRST_WITHIN)
        try:
            connection.request(method, path, body, {"Metadata": "true", "Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read(LONGEST)
        except http.client.HTTPException as error:
            raise ValueError("no answer by HTTP: %r" % error) from error
        finally:
            connection.close()
        if answer.status != 200:
            raise ValueError("%s %s was answered with %d" % (method, path.split("?")[0], answer.status))
        self.answered = True
        return text.decode("utf-8")

    def events(self):
        """The events of all machines now."""
        if not self.name:
            self.name = self.ask("GET", NAME).strip()
            if not self.name:
                raise ValueError("the machine has no name")
        return events_of(json.loads(self.ask("GET", EVENTS)), self.name)

    def acknowledge(self, ids):
        """Nothing has to be waited for any more."""
        self.ask("POST", EVENTS, json.dumps({"StartRequests": [{"EventId": one} for one in ids]}))
