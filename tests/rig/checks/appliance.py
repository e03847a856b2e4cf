"""The host, started as on a board, and its HTTP API."""

import json
import os
import signal
import subprocess
import urllib.error
import urllib.request

from report import PATIENCE, until

URL = "http://127.0.0.1:8080"
PIN = "246810"


class Appliance:
    def __init__(self, dotnet, checkout, data, log, profile="hall.json"):
        self._log = open(log, "ab")
        self.process = subprocess.Popen(
            [dotnet, f"{checkout}/.artifacts/bin/Kiosk.Firmware/release/Kiosk.Firmware.dll",
             "--profile", f"{checkout}/tests/rig/{profile}", "--data", data, "--urls", URL, "--crowd", "0"],
            stdout=self._log, stderr=subprocess.STDOUT, env={**os.environ, "KIOSK_DEMO": "1", "KIOSK_PIN": PIN})
        self._token = None

    def await_api(self, patience=300):
        """Until the API answers; raises if the host ended, or after the patience in seconds."""
        def answers():
            if self.process.poll() is not None:
                raise RuntimeError(f"the host ended with exit code {self.process.returncode}")
            try:
                return self.get("/health")[0] == 200
            except OSError:
                return False

        if not until(answers, bool, patience):
            raise RuntimeError(f"the API did not answer within {patience} s")
        code, session = self.post("/sign-in", {"user": "manager", "pin": PIN})
        if code != 200:
            raise RuntimeError(f"the manager could not sign in: {code} {session}")
        self._token = session["token"]

    def get(self, path):
        return self._ask(urllib.request.Request(f"{URL}/api/v1{path}"))

    def post(self, path, body=None):
        return self._ask(urllib.request.Request(
            f"{URL}/api/v1{path}", json.dumps(body or {}).encode(), {"Content-Type": "application/json"}))

    def take(self, service):
        """Takes a number. Returns the ticket as the API shows it; raises where the answer is not 201."""
        code, ticket = self.post("/tickets", {"service": service})
        if code != 201:
            raise RuntimeError(f"a ticket was refused: {code} {ticket}")
        return ticket

    def ticket(self, ticket):
        return self.get(f"/tickets/{ticket['id']}")[1]

    def device(self, device):
        """State and fault of a device: ("ok", None)."""
        found = next(d for d in self.get("/devices")[1] if d["id"] == device)
        return found["state"], found["fault"]

    def counter(self, number):
        """State of a counter and the number that it serves."""
        found = next(c for c in self.get("/hall")[1]["counters"] if c["counter"] == number)
        return found["state"], found["number"]

    def stop(self):
        """Asks it to stop as the service manager would. Returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
            return "killed: it did not stop"

    def _ask(self, request):
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)
