"""BullMQ in a process of its own, driven line by line; bullmq/driver.mjs does the work."""

import json
import selectors
import shutil
import subprocess
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from .processes import BenchError, Child, run

HOME = Path(__file__).resolve().parents[1] / "bullmq"


@dataclass(frozen=True)
class Settings:
    driver: str
    autoPipelining: bool
    workers: int
    concurrency: int

    def __str__(self):
        pipelining = ", automatic pipelining" if self.autoPipelining else ""
        return f"{self.driver}{pipelining}, {self.workers} worker(s) with concurrency {self.concurrency}"


# The first of a sweep on a quiet machine.
BEST = Settings(driver="redis", autoPipelining=False, workers=4, concurrency=100)

# What `bench/run --tune-bullmq` tries.
CANDIDATES = [
    Settings(driver, pipelining, workers, concurrency)
    for driver, pipelining in (("ioredis", False), ("ioredis", True), ("redis", False))
    for workers in (1, 2, 4)
    for concurrency in (50, 100, 200)
]


def install():
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise BenchError("no node or npm: install Node.js 20 or newer, or leave BullMQ out with --no-bullmq")
    installed = HOME / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (HOME / "package-lock.json").stat().st_mtime:
        run(["npm", "ci", "--no-audit", "--no-fund"], "npm ci", 300, cwd=HOME)


def versions(settings):
    """What is installed, as told by the packages themselves."""

    def version(package):
        return json.loads((HOME / "node_modules" / package / "package.json").read_text())["version"]

    node = run(["node", "--version"], "node", 10).strip()
    return f"{version('bullmq')} on node {node} with {settings.driver} {version(settings.driver)}"


class BullMq(Child):
    def __init__(self, redis, settings, directory):
        arguments = json.dumps({"port": redis.port} | asdict(settings))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        super().__init__("bullmq", ["node", "driver.mjs", arguments], directory, cwd=HOME, **pipes)

    def ask(self, command, seconds=120, **argument):
        line = json.dumps({"command": command} | argument) + "\n"
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
        except OSError:
            self.check_alive()
            raise
        answer = json.loads(self._line(command, seconds))
        if "error" in answer:
            raise BenchError(f"BullMQ, {command}: {answer['error']}\n{self.log_tail()}")
        return answer["ok"]

    def stop(self):
        with suppress(OSError):
            self.process.stdin.close()
        super().stop()
        self.process.stdout.close()

    def _line(self, command, seconds):
        # One answer per question, so nothing can be left in the buffer when we wait for the pipe.
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                raise BenchError(f"BullMQ gave no answer to {command} within {seconds} s")
        line = self.process.stdout.readline()
        if not line:
            raise BenchError(f"BullMQ ended during {command}:\n{self.log_tail()}")
        return line
