"""Where http jobs go: a small server in a process of its own; sink/sink.mjs does the work."""

import shutil
import subprocess
import urllib.request
from pathlib import Path

from .processes import BenchError, Child

PROGRAM = Path(__file__).resolve().parents[1] / "sink" / "sink.mjs"


class Sink(Child):
    def __init__(self, directory):
        if shutil.which("node") is None:
            raise BenchError("no node: install Node.js 20 or newer, or leave http out with --only")
        super().__init__("sink", ["node", PROGRAM], directory, stdout=subprocess.PIPE)
        self.url = None

    def await_ready(self):
        port = self.process.stdout.readline().decode().strip()
        if not port:
            self.process.wait(10)
            self.check_alive()
        self.url = f"http://127.0.0.1:{port}"

    def received(self):
        """Requests so far."""
        with urllib.request.urlopen(self.url, timeout=10) as answer:
            return int(answer.read())

    def stop(self):
        super().stop()
        self.process.stdout.close()
