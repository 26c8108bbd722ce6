"""
Workers elsewhere, over REST: a full queue of no-op jobs, in turns with the workers of an instance; and how long a job waits
for its start through a lease that waits.
"""

import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from .contenders import Mainstay
from .delay import delays_of
from .drain import drain_round
from .figures import Figure, in_turns
from .java import client_jar
from .plan import JOB
from .processes import Child

PROGRAMS = Path(__file__).resolve().parents[1] / "remote"
# Jobs a second whose start delay is measured, besides the slow rate.
FAST = (1_000,)


class Remote(Mainstay):
    """An instance that runs no jobs, and one process elsewhere that does."""

    def __init__(self, plan, aof, stack, name, command):
        super().__init__(plan, aof, stack, JOB, "-Dmainstay.worker.enabled=false")
        self.name = f"Mainstay, {name}"
        url = f"http://127.0.0.1:{self.app.port}"
        self.worker = stack.enter_context(Child("remote-worker", [*command, url], plan.directory))


def measure_remote(plan, aof, say):
    """Returns for each worker its figure and that of the instance it took turns with; and the delays of all of them."""
    measured = [
        _measure(plan.within(f"worker-{number}"), aof, name, command, say)
        for number, (name, command) in enumerate(_workers(plan).items())
    ]
    return [figures for figures, _ in measured], [delay for _, delays in measured for delay in delays]


def _workers(plan):
    """Programs that get the URL of the service and serve the queue and handler of the drain until SIGTERM."""
    workers = {
        "Python SDK, one process": [sys.executable, PROGRAMS / "noop.py"],
        "Java SDK, one process, four connections": [plan.java, "-cp", client_jar(), PROGRAMS / "Noop.java"],
    }
    if shutil.which("node"):
        workers["Node.js SDK, one process"] = ["node", PROGRAMS / "noop.mjs"]
    return workers


def _measure(plan, aof, name, command, say):
    with ExitStack() as stack:
        remote = Remote(plan.within("remote"), aof, stack, name, command)
        instance = Mainstay(plan.within("instance"), aof, stack)
        contenders = [remote, instance]
        for _ in range(plan.warmups):
            drain_round(plan, contenders, "warm-up drain", say)
        samples = {contender: [] for contender in contenders}
        for turn in in_turns(plan.rounds, contenders):
            cpu = remote.worker.cpu_seconds()
            for contender, sample in zip(turn, drain_round(plan, turn, "drain", say), strict=True):
                samples[contender].append(sample)
            spent = (remote.worker.cpu_seconds() - cpu) / plan.jobs * 10_000
            say(f"{remote.name}: the worker's CPU s per 10,000 jobs: {spent:.2f}")
        what = f"drain of {plan.jobs:,}"
        figures = [
            Figure(remote.name, what, samples[remote]),
            Figure("Mainstay, in the instance", what, samples[instance]),
        ]
        return figures, delays_of([remote], plan, FAST, say)
