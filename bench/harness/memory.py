"""What a job costs Redis while it waits, while it runs and when it has ended: used_memory over many jobs."""

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace

from .contenders import BullMqQueue, Mainstay
from .drain import await_ended
from .plan import compact, payload
from .processes import BenchError, wait_until

PAYLOADS = (100, 1024)
# Longer than it takes until all jobs run and the memory has settled.
SLEEP_SECONDS = 10
# Longer than Redis keeps the buffers of a connection that was busy.
SETTLE_SECONDS = 3


@dataclass(frozen=True)
class JobMemory:
    """Bytes a job."""

    contender: str
    payload: int
    waiting: float
    claimed: float
    ended: float


def measure_memory(plan, say):
    """Returns rows: ours, and BullMQ's unless that was left out."""
    rows = []
    for size in PAYLOADS:
        for contender in (_mainstay, _bullmq) if plan.bullmq else (_mainstay,):
            with ExitStack() as stack:
                row = _measure(plan, contender(plan, size, stack), size)
            figures = f"waiting {row.waiting:.0f}, claimed {row.claimed:.0f}, ended {row.ended:.0f}"
            say(f"bytes a job, payload {size}: {row.contender} {figures}")
            rows.append(row)
    return rows


def _mainstay(plan, size, stack):
    part = plan.within(f"mainstay-{size}")
    filler = payload(size - len(compact({"duration": f"PT{SLEEP_SECONDS}S"})) + 1)
    job = {"handler": "sleep", "payload": {"duration": f"PT{SLEEP_SECONDS}S"} | filler}
    return Mainstay(part, "off", stack, job, f"-Dmainstay.worker.concurrency={min(plan.memory_jobs + 1, 10_000)}")


def _bullmq(plan, size, stack):
    each = -(-plan.memory_jobs // plan.bullmq.workers)
    part = replace(plan.within(f"bullmq-{size}"), bullmq=replace(plan.bullmq, concurrency=each))
    return BullMqQueue(part, "off", stack, payload(size), SLEEP_SECONDS * 1000)


def _measure(plan, contender, size):
    jobs = plan.memory_jobs
    # Connections and what a queue costs by itself are there before it counts.
    contender.fill(1)
    before = _settled(contender.redis)
    contender.fill(jobs)
    waiting = _settled(contender.redis)
    if contender.waiting() != jobs + 1:
        raise BenchError(f"invalid run: {contender.waiting()} jobs wait for {contender.name}, not {jobs + 1}")
    contender.resume()
    wait_until(lambda: contender.running() >= jobs, f"{jobs} jobs to run at {contender.name}", SLEEP_SECONDS)
    claimed = _settled(contender.redis)
    if contender.running() < jobs:
        raise BenchError(f"invalid run: {contender.running()} jobs run at {contender.name}, not {jobs}")
    await_ended(contender, jobs + 1, SLEEP_SECONDS + 60)
    ended = _settled(contender.redis)
    return JobMemory(contender.name, size, *((used - before) / jobs for used in (waiting, claimed, ended)))


def _settled(redis):
    """The least of some seconds: buffers come and go, jobs stay."""
    least, end = redis.used_memory(), time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < end:
        time.sleep(0.1)
        least = min(least, redis.used_memory())
    return least
