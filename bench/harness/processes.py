"""Processes of a run: started here, watched through /proc, ended by their id and by nothing else."""

import os
import socket
import subprocess
import time
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class BenchError(Exception):
    """The run cannot go on or would not be valid; the message is for people."""


class Child:
    """One started process. Its output goes to a log file; a context manager that always ends it."""

    def __init__(self, name, command, directory, **popen):
        self.name = name
        self.log = Path(directory) / f"{name}.log"
        with open(self.log, "ab") as log:
            output = {"stdout": log, "stderr": log} | popen
            self.process = subprocess.Popen([str(part) for part in command], **output)

    def __enter__(self):
        try:
            self.await_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def await_ready(self):
        """Returns when the process can be used."""

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=20)

    def check_alive(self):
        if self.process.poll() is not None:
            raise BenchError(f"{self.name} ended with {self.process.returncode}:\n{self.log_tail()}")

    def log_tail(self, lines=20):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def cpu_seconds(self):
        """User and system time of all threads so far, ended ones too; steps of 10 ms."""
        # The second field is the program's name in parentheses and may hold spaces.
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def rss_mib(self):
        for line in self._proc("status").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise BenchError(f"no VmRSS for {self.name}")

    def _proc(self, file):
        return Path(f"/proc/{self.process.pid}/{file}").read_text()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds, every=0.02):
    """Returns what the condition answers once that is true; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise BenchError(f"waited {seconds} s in vain for {what}")
        time.sleep(every)
    return answer


def run(command, what, seconds, **options):
    """Runs a command to its end and returns what it printed."""
    try:
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, timeout=seconds, **options
        )
    except subprocess.TimeoutExpired:
        raise BenchError(f"{what} took more than {seconds} s") from None
    if done.returncode != 0:
        raise BenchError(f"{what} failed ({done.returncode}):\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout
