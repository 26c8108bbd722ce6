"""What idle instances cost Redis, by number of queues: every command counts, those inside scripts too."""

import time
from contextlib import ExitStack
from dataclasses import dataclass

from .cluster import NODES, RedisCluster
from .java import ROOT, JavaApp, packaged
from .load import post_everywhere
from .plan import JOB
from .processes import wait_until
from .redis import RedisServer

TOP = 6
# Beside the first one, with the most queues.
MOST_INSTANCES = 3
# A cluster is filled with fewer queues: what they cost is told by one Redis.
MOST_IN_CLUSTER = 1000


@dataclass(frozen=True)
class Idle:
    """Commands a second that Redis processed; CPU in hundredths of a core."""

    redis: str
    queues: int
    instances: int
    commands: float
    redis_cpu: float
    service_cpu: float


def measure_idle(plan, say):
    """Rows of one Redis, then of a cluster."""
    rows = []
    with RedisServer("redis-of-idle", "off", plan.directory) as redis:
        rows += _measure(plan, "one", redis, plan.idle_queues, say)
    in_cluster = [queues for queues in plan.idle_queues if queues <= MOST_IN_CLUSTER]
    if in_cluster:
        with RedisCluster("cluster-of-idle", plan.directory) as cluster:
            rows += _measure(plan, f"cluster of {NODES}", cluster, in_cluster, say)
    return rows


def _measure(plan, kind, redis, numbers, say):
    """
    Queues are added to, so each number contains those before it. A row for one instance and one for two, and with the most queues one
    for three.
    """
    rows, there = [], 0
    with _instance(plan, redis, f"service of {kind}") as service:
        for queues in sorted(numbers):
            _add(service, range(there, queues))
            there = queues
            say(f"idle: {kind} Redis, {queues:,} queues are there, the last job has ended; waiting {plan.idle_rest} s")
            time.sleep(plan.idle_rest)
            rows.append(_watch(plan, kind, redis, service, queues, 1, say))
            with ExitStack() as others:
                for number in range(2, MOST_INSTANCES + (queues == max(numbers))):
                    others.enter_context(_instance(plan, redis, f"instance {number} of {kind}, {queues}"))
                    time.sleep(plan.idle_settle)
                    rows.append(_watch(plan, kind, redis, service, queues, number, say))
    return rows


def _instance(plan, redis, name):
    return JavaApp(name, plan.java, packaged(ROOT), redis, plan.service(), plan.directory)


def _add(service, numbers):
    """One job for each new queue, and waits until all have ended."""
    queues = [f"/v1/queues/idle-{number}" for number in numbers]
    post_everywhere(service.port, [f"{queue}/jobs" for queue in queues], JOB)
    for queue in queues:
        wait_until(lambda path=queue: service.get(path)["counts"]["succeeded"], f"the job of {queue}", 60)


def _watch(plan, kind, redis, service, queues, instances, say):
    cpu = redis.cpu_seconds(), service.cpu_seconds()
    before, begin = redis.commands(), time.monotonic()
    calls = redis.calls()
    time.sleep(plan.idle_seconds)
    # Without the two questions that we have asked each node ourselves; this one does not count itself.
    commands = redis.commands() - before - 2 * redis.nodes()
    seconds = time.monotonic() - begin
    row = Idle(
        kind,
        queues,
        instances,
        commands / seconds,
        100 * (redis.cpu_seconds() - cpu[0]) / seconds,
        100 * (service.cpu_seconds() - cpu[1]) / seconds,
    )
    say(f"idle: {kind} Redis, {queues:,} queues, {instances} instance(s): {row.commands:,.1f} commands/s; {_most(redis, calls, seconds)}")
    return row


def _most(redis, before, seconds):
    rates = {name: (count - before.get(name, 0)) / seconds for name, count in redis.calls().items()}
    most = sorted(rates, key=rates.get, reverse=True)[:TOP]
    return ", ".join(f"{name} {rates[name]:,.1f}" for name in most)
