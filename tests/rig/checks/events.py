"""What the hall tells the store, as an MQTT client hears it that does what firmware/docs/mqtt.md asks of a reader."""

import json
import pathlib
import subprocess
import threading
import time

HALL = "qms/v1/rig"

# Seconds after which everything is asked for once more where it has not come.
ASK_AGAIN = 10


class Events(threading.Thread):
    """Keeps its place: takes the event that follows, drops a repeat, and asks for everything again where one is missing."""

    def __init__(self, recording, data, port=1883):
        super().__init__(name="events", daemon=True)
        self._to = ["-h", "127.0.0.1", "-p", str(port), "-V", "mqttv5", "-q", "1"]
        # The demo's user: without one a reader may only listen.
        self._password = pathlib.Path(data, "store-password")
        self._recording = open(recording, "a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()
        self._events = []
        self._asked = None
        self._epoch = None
        self.gaps = []
        self._client = subprocess.Popen(["stdbuf", "-oL", "mosquitto_sub", *self._to, "-t", f"{HALL}/evt"], stdout=subprocess.PIPE, encoding="utf-8")
        self.start()

    @property
    def place(self):
        """Seq of the last event that was taken; the first one is 1."""
        with self._lock:
            return len(self._events)

    def all(self):
        with self._lock:
            return list(self._events)

    def of(self, *types, **data):
        """Type and number of the events of these types whose data have these values."""
        return [(e["type"], e["data"]["number"]) for e in self.all()
                if e["type"] in types and all(e["data"].get(name) == value for name, value in data.items())]

    def run(self):
        for line in self._client.stdout:
            self._recording.write(line)
            self._take(json.loads(line))

    def _take(self, event):
        with self._lock:
            follows = event["seq"] - len(self._events)
            # One journal, one life: an event of another epoch does not follow.
            self._epoch = self._epoch or event["epoch"]
            if event["epoch"] == self._epoch and follows == 1:
                self._events.append(event)
        if follows > 1 and (self._asked is None or time.monotonic() - self._asked > ASK_AGAIN):
            self.gaps.append((event["seq"] - follows, event["seq"]))
            self._asked = time.monotonic()
            subprocess.run(["mosquitto_pub", *self._to, "-u", "store", "-P", self._password.read_text().strip(), "-t", f"{HALL}/rebirth", "-m", "{}"], check=True)
