"""Enqueue over HTTP: the service without workers, in turns with an endpoint that does one LPUSH per request."""

from contextlib import ExitStack
from dataclasses import dataclass

from .figures import Figure, Meter, in_turns
from .java import ROOT, JavaApp, packaged
from .load import post_bulk, post_for
from .plan import JOB, JOBS_PATH, PAYLOAD, queue_key
from .processes import BenchError
from .redis import RedisServer, reference

CONNECTIONS = (1, 50)
BULK_REQUESTS = 10
BULK_JOBS = 10_000


@dataclass(frozen=True, eq=False)
class Contender:
    """Who is loaded, and how to count in Redis what has arrived."""

    name: str
    app: JavaApp
    redis: RedisServer
    path: str
    body: dict
    count: tuple
    keys: str


def measure_enqueue(plan, aof, say):
    """Returns groups of figures: ours, and the bare endpoint's if it has such a thing."""
    with ExitStack() as stack:
        ours, bare = _service(plan, aof, stack), _endpoint(plan, aof, stack)
        say("enqueue: warming up")
        for _ in range(plan.warmups):
            for contender in (ours, bare):
                _sample(plan, contender, max(CONNECTIONS))
        single = [_measure(plan, ours, bare, connections, say) for connections in CONNECTIONS]
        return [*single, _measure_bulk(plan, ours, say)]


def _measure(plan, ours, bare, connections, say):
    figures = {c: Figure(c.name, f"enqueue over HTTP, {connections} connection(s)") for c in (ours, bare)}
    for turn in in_turns(plan.rounds, (ours, bare)):
        for contender in turn:
            sample = _sample(plan, contender, connections)
            figures[contender].samples.append(sample)
            say(f"{figures[contender].what}: {contender.name} {sample.text()}")
    return figures[ours], figures[bare]


def _measure_bulk(plan, ours, say):
    figure = Figure(ours.name, f"bulk enqueue, {BULK_JOBS:,} jobs a request, one connection")
    for warming in [True] + [False] * plan.rounds:
        nearby = reference(ours.redis, plan.reference_requests)
        ours.redis.forget(ours.keys)
        meter = Meter(ours.app, ours.redis)
        per_second = post_bulk(BULK_REQUESTS, BULK_JOBS, ours.app.port, f"{ours.path}/bulk", ours.body)
        sample = meter.sample(per_second, nearby, BULK_REQUESTS * BULK_JOBS)
        arrived = ours.redis(*ours.count)
        if arrived != BULK_REQUESTS * BULK_JOBS:
            raise BenchError(f"invalid run: {BULK_REQUESTS * BULK_JOBS} jobs were added, Redis holds {arrived}")
        if not warming:
            figure.samples.append(sample)
            say(f"{figure.what}: {sample.text()}")
    return (figure,)


def _sample(plan, contender, connections):
    nearby = reference(contender.redis, plan.reference_requests)
    # Only now, as requests that the last load left under way may have arrived late.
    contender.redis.forget(contender.keys)
    meter = Meter(contender.app, contender.redis)
    load = post_for(plan.load_seconds, contender.app.port, contender.path, contender.body, connections)
    sample = meter.sample(load.per_second, nearby, load.answers)
    arrived = contender.redis(*contender.count)
    # wrk hangs up at the end of its time: one request per connection may have arrived without being counted.
    if not load.answers <= arrived <= load.answers + connections:
        raise BenchError(f"invalid run: {contender.name} gave {load.answers} answers, Redis holds {arrived} jobs")
    return sample


def _service(plan, aof, stack):
    redis = stack.enter_context(RedisServer("redis-of-service", aof, plan.directory))
    options = plan.service("-Dmainstay.worker.enabled=false")
    service = JavaApp("service", plan.java, packaged(ROOT), redis, options, plan.directory)
    app = stack.enter_context(service)
    return Contender("Mainstay", app, redis, JOBS_PATH, JOB, ("ZCARD", queue_key("ready")), queue_key("*"))


def _endpoint(plan, aof, stack):
    jar = packaged(ROOT / "bench" / "lpush-endpoint")
    redis = stack.enter_context(RedisServer("redis-of-endpoint", aof, plan.directory))
    endpoint = JavaApp("endpoint", plan.java, jar, redis, plan.java_options, plan.directory, ready="/jobs")
    app = stack.enter_context(endpoint)
    return Contender("bare endpoint", app, redis, "/jobs", PAYLOAD, ("LLEN", "jobs"), "jobs")
