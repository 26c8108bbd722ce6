"""Who drains queues, seen alike: fill, resume, what has ended, when the first started."""

import time
from datetime import datetime

from .bullmq import BullMq
from .figures import Delays
from .java import ROOT, JavaApp, packaged
from .load import post_exactly
from .plan import JOB, JOBS_PATH, PAYLOAD, QUEUE_PATH, queue_key
from .redis import RedisServer

# The first job to end was among the first to start; looking at some more makes sure of it.
FIRST_FEW = 20


class Mainstay:
    name = "Mainstay"
    ended = queue_key("succeeded")
    keys = queue_key("*")

    def __init__(self, plan, aof, stack, job=JOB, *options):
        self._job_to_add = job
        self.redis = stack.enter_context(RedisServer("redis-of-service", aof, plan.directory))
        self.redis_idle = self.redis.rss_mib()
        service = JavaApp("service", plan.java, packaged(ROOT), self.redis, plan.service(*options), plan.directory)
        self.app = stack.enter_context(service)
        self.app_idle = self.app.rss_mib()
        self._sent = {}

    def fill(self, jobs):
        """Adds jobs to a queue that is paused."""
        self.app.post(f"{QUEUE_PATH}/pause")
        post_exactly(jobs, self.app.port, JOBS_PATH, self._job_to_add)

    def resume(self):
        self.app.post(f"{QUEUE_PATH}/resume")

    def trickle(self, jobs, per_second):
        """Adds jobs one by one, each at its own moment counted from the start."""
        start = time.monotonic()
        for number in range(jobs):
            time.sleep(max(0.0, start + number / per_second - time.monotonic()))
            # Whole milliseconds, rounded down like the times they are compared with; Redis has the same clock.
            sent = int(time.time() * 1000)
            self._sent[self.app.post(JOBS_PATH, self._job_to_add)["id"]] = sent

    def waiting(self):
        return self.redis("ZCARD", queue_key("ready"))

    def first_started(self):
        return min(self._job(job)["startedAt"] for job in self.redis("ZRANGE", self.ended, 0, FIRST_FEW - 1))

    def delays(self):
        """From the caller's side, and from the moment Redis had the job."""
        jobs = [(self._sent[job], self._job(job)) for job in self.redis("ZRANGE", self.ended, 0, -1)]
        return [
            Delays("Mainstay, from the POST sent", [job["startedAt"] - sent for sent, job in jobs]),
            Delays("Mainstay, from its enqueue in Redis", [job["startedAt"] - job["enqueuedAt"] for _, job in jobs]),
        ]

    def succeeded(self):
        """How many jobs succeeded, as the service itself tells it."""
        return self.app.get(QUEUE_PATH)["counts"]["succeeded"]

    def _job(self, job):
        view = self.app.get(f"{JOBS_PATH}/{job}")
        return {name: _millis(view[name]) for name in ("enqueuedAt", "startedAt")}


class BullMqQueue:
    name = "BullMQ"
    ended = "bull:bench:completed"
    keys = "bull:bench:*"

    def __init__(self, plan, aof, stack):
        self.redis = stack.enter_context(RedisServer("redis-of-bullmq", aof, plan.directory))
        self.redis_idle = self.redis.rss_mib()
        self.app = stack.enter_context(BullMq(self.redis, plan.bullmq, plan.directory))
        self.app.ask("work")
        self.app_idle = self.app.rss_mib()

    def fill(self, jobs):
        self.app.ask("pause")
        self.app.ask("add", jobs=jobs, payload=PAYLOAD)

    def resume(self):
        self.app.ask("resume")

    def trickle(self, jobs, per_second):
        self.app.ask("trickle", jobs=jobs, perSecond=per_second, payload=PAYLOAD)

    def waiting(self):
        return self.redis("LLEN", "bull:bench:wait") + self.redis("LLEN", "bull:bench:paused")

    def first_started(self):
        return min(self._job(job, "processedOn") for job in self.redis("ZRANGE", self.ended, 0, FIRST_FEW - 1))

    def delays(self):
        """BullMQ stamps a job in its producer, before it sends it."""
        jobs = self.redis("ZRANGE", self.ended, 0, -1)
        waits = [self._job(job, "processedOn") - self._job(job, "timestamp") for job in jobs]
        return [Delays("BullMQ, from its producer's call", waits)]

    def succeeded(self):
        return self.redis("ZCARD", self.ended)

    def _job(self, job, field):
        return float(self.redis("HGET", f"bull:bench:{job}", field))


def _millis(instant):
    return datetime.fromisoformat(instant).timestamp() * 1000
