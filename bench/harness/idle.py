"""What idle instances cost Redis, by number of queues: every command counts, those inside scripts too."""

import time
from contextlib import ExitStack
from dataclasses import dataclass

from .java import ROOT, JavaApp, packaged
from .load import post_everywhere
from .plan import JOB
from .processes import wait_until
from .redis import RedisServer

TOP = 6


@dataclass(frozen=True)
class Idle:
    """Commands a second that Redis processed; CPU in hundredths of a core."""

    queues: int
    instances: int
    commands: float
    redis_cpu: float
    service_cpu: float


def measure_idle(plan, say):
    """Queues are added to, so each number contains those before it. Returns a row for one instance and one for two."""
    with ExitStack() as stack:
        redis = stack.enter_context(RedisServer("redis-of-idle", "off", plan.directory))
        service = stack.enter_context(_instance(plan, redis, "service"))
        rows, there = [], 0
        for queues in sorted(plan.idle_queues):
            _add(service, range(there, queues))
            there = queues
            say(f"idle: {queues:,} queues are there, the last job has ended; waiting {plan.idle_rest} s")
            time.sleep(plan.idle_rest)
            rows.append(_watch(plan, redis, service, queues, 1, say))
            with _instance(plan, redis, f"second-{queues}"):
                time.sleep(plan.idle_settle)
                rows.append(_watch(plan, redis, service, queues, 2, say))
        return rows


def _instance(plan, redis, name):
    return JavaApp(name, plan.java, packaged(ROOT), redis, plan.service(), plan.directory)


def _add(service, numbers):
    """One job for each new queue, and waits until all have ended."""
    queues = [f"/v1/queues/idle-{number}" for number in numbers]
    post_everywhere(service.port, [f"{queue}/jobs" for queue in queues], JOB)
    for queue in queues:
        wait_until(lambda path=queue: service.get(path)["counts"]["succeeded"], f"the job of {queue}", 60)


def _watch(plan, redis, service, queues, instances, say):
    cpu = redis.cpu_seconds(), service.cpu_seconds()
    before, begin = redis.commands(), time.monotonic()
    calls = redis.calls()
    time.sleep(plan.idle_seconds)
    # Without the two questions that we have asked ourselves; this one does not count itself.
    commands = redis.commands() - before - 2
    seconds = time.monotonic() - begin
    row = Idle(
        queues,
        instances,
        commands / seconds,
        100 * (redis.cpu_seconds() - cpu[0]) / seconds,
        100 * (service.cpu_seconds() - cpu[1]) / seconds,
    )
    say(f"idle: {queues:,} queues, {instances} instance(s): {row.commands:,.1f} commands/s; {_most(redis, calls, seconds)}")
    return row


def _most(redis, before, seconds):
    rates = {name: (count - before.get(name, 0)) / seconds for name, count in redis.calls().items()}
    most = sorted(rates, key=rates.get, reverse=True)[:TOP]
    return ", ".join(f"{name} {rates[name]:,.1f}" for name in most)
