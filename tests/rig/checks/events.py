"""What the hall tells the store, as an ordinary MQTT client hears it."""

import json
import subprocess
import threading


class Events(threading.Thread):
    def __init__(self, recording, port=1883):
        super().__init__(name="events", daemon=True)
        self._recording = open(recording, "a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()
        self._events = []
        self._client = subprocess.Popen(
            ["stdbuf", "-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", str(port), "-V", "mqttv5", "-q", "1", "-t", "qms/v1/+/evt"],
            stdout=subprocess.PIPE, encoding="utf-8")
        self.start()

    def run(self):
        for line in self._client.stdout:
            self._recording.write(line)
            with self._lock:
                self._events.append(json.loads(line))

    def all(self):
        """Each event once, in the order of arrival: a repeat after an outage of the broker is harmless by (epoch, seq)."""
        with self._lock:
            return list({(e["epoch"], e["seq"]): e for e in self._events}.values())

    def of(self, *types, **data):
        """Type and number of the events of these types whose data have these values."""
        return [(e["type"], e["data"]["number"]) for e in self.all()
                if e["type"] in types and all(e["data"].get(name) == value for name, value in data.items())]

    def close(self):
        self._client.terminate()
