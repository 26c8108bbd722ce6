"""How much is measured."""

import json
from binascii import crc_hqx
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from .bullmq import Settings


def compact(body):
    """JSON as BullMQ writes it: without blanks, so that payloads are of the same size."""
    return json.dumps(body, separators=(",", ":"))


def payload(size):
    """A payload of so many bytes."""
    return {"text": "x" * (size - len(compact({"text": ""})))}


SLOTS = 16384
BUCKETS = 32
# Like the values of the reference.
PAYLOAD = payload(100)
JOB = {"handler": "noop", "payload": PAYLOAD}
QUEUE_PATH = "/v1/queues/bench"
JOBS_PATH = f"{QUEUE_PATH}/jobs"


def queue_key(name):
    """A key of the service's queue in Redis. Which hash tag a queue's keys have is what Buckets.java works out."""
    bucket = _slot("bench") % BUCKETS
    number = next(n for n in count() if _slot(f"{bucket}.{n}") // (SLOTS // BUCKETS) == bucket)
    return f"ms:{{{bucket}.{number}}}:bench:{name}"


def _slot(text):
    """CRC-16 as Redis Cluster has it."""
    return crc_hqx(text.encode(), 0) % SLOTS


@dataclass(frozen=True)
class Plan:
    """
    Sizes and settings of one run. Idle: what is measured begins so many seconds of rest after the last job, or after a
    second instance came, and takes so many seconds.
    """

    rounds: int
    jobs: int
    warmups: int
    load_seconds: int
    trickle: int
    paced_seconds: int
    reference_requests: int
    memory_jobs: int
    http_jobs: int
    idle_queues: list
    idle_rest: int
    idle_settle: int
    idle_seconds: int
    java: str
    java_options: list
    service_options: list
    bullmq: Settings | None
    directory: Path

    def within(self, name):
        """The same plan with a directory of its own inside this one's."""
        directory = self.directory / name
        directory.mkdir()
        return replace(self, directory=directory)

    def service(self, *more):
        return [
            *self.java_options,
            "-Dmainstay.handlers.demo=true",
            # Everybody keeps what has ended for as long as a measurement takes.
            "-Dmainstay.retention.succeeded.max-count=1000000",
            *more,
            *self.service_options,
        ]
