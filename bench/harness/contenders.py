"""Who drains queues, seen alike: fill, resume, what has ended, when the first started."""

from datetime import datetime
from urllib.parse import quote

from .bullmq import BullMq
from .figures import Delays
from .java import ROOT, JavaApp, packaged
from .load import post_exactly
from .pace import post_paced
from .plan import JOB, JOBS_PATH, PAYLOAD, QUEUE_PATH, queue_key
from .redis import RedisServer

# The first job to end was among the first to start; looking at some more makes sure of it.
FIRST_FEW = 20
PAGE = 200


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
        self._sent = post_paced(self.app.port, JOBS_PATH, self._job_to_add, jobs, per_second)

    def waiting(self):
        return self.redis("ZCARD", queue_key("ready"))

    def running(self):
        return self.app.get(QUEUE_PATH)["counts"]["running"]

    def first_started(self):
        return min(self._job(job)["startedAt"] for job in self.redis("ZRANGE", self.ended, 0, FIRST_FEW - 1))

    def delays(self, per_second):
        """From the caller's side, and from the moment Redis had the job."""
        jobs = [(self._sent[job["id"]], _times(job)) for job in self._ended_jobs()]
        waits = [job["startedAt"] - sent for sent, job in jobs]
        waits_in_redis = [job["startedAt"] - job["enqueuedAt"] for _, job in jobs]
        return [
            Delays(f"{self.name}, from the POST sent", per_second, waits),
            Delays(f"{self.name}, from its enqueue in Redis", per_second, waits_in_redis),
        ]

    def succeeded(self):
        """How many jobs succeeded, as the service itself tells it."""
        return self.app.get(QUEUE_PATH)["counts"]["succeeded"]

    def _job(self, job):
        return _times(self.app.get(f"{JOBS_PATH}/{job}"))

    def _ended_jobs(self):
        page = {"next": ""}
        while "next" in page:
            cursor = f"&cursor={quote(page['next'])}" if page["next"] else ""
            page = self.app.get(f"{JOBS_PATH}?state=succeeded&limit={PAGE}{cursor}")
            yield from page["jobs"]


class BullMqQueue:
    name = "BullMQ"
    ended = "bull:bench:completed"
    keys = "bull:bench:*"

    def __init__(self, plan, aof, stack, payload=PAYLOAD, sleep_millis=0):
        self._payload = payload
        self.redis = stack.enter_context(RedisServer("redis-of-bullmq", aof, plan.directory))
        self.redis_idle = self.redis.rss_mib()
        self.app = stack.enter_context(BullMq(self.redis, plan.bullmq, plan.directory))
        self._producer = stack.enter_context(BullMq(self.redis, plan.bullmq, plan.directory))
        self.app.ask("work", sleep=sleep_millis)
        self.app_idle = self.app.rss_mib()

    def fill(self, jobs):
        self.app.ask("pause")
        self.app.ask("add", jobs=jobs, payload=self._payload)

    def resume(self):
        self.app.ask("resume")

    def trickle(self, jobs, per_second):
        """By a process of its own, as ours has its callers outside."""
        self._producer.ask("trickle", jobs=jobs, perSecond=per_second, payload=self._payload)

    def waiting(self):
        return self.redis("LLEN", "bull:bench:wait") + self.redis("LLEN", "bull:bench:paused")

    def running(self):
        return self.redis("LLEN", "bull:bench:active")

    def first_started(self):
        return min(self._job(job)[0] for job in self.redis("ZRANGE", self.ended, 0, FIRST_FEW - 1))

    def delays(self, per_second):
        """BullMQ stamps a job in its producer, before it sends it."""
        jobs = (self._job(job) for job in self.redis("ZRANGE", self.ended, 0, -1))
        return [Delays("BullMQ, from its producer's call", per_second, [begun - made for begun, made in jobs])]

    def succeeded(self):
        return self.redis("ZCARD", self.ended)

    def _job(self, job):
        """When it was begun, when it was made."""
        return [float(millis) for millis in self.redis("HMGET", f"bull:bench:{job}", "processedOn", "timestamp")]


def _times(view):
    return {name: _millis(view[name]) for name in ("enqueuedAt", "startedAt")}


def _millis(instant):
    return datetime.fromisoformat(instant).timestamp() * 1000
