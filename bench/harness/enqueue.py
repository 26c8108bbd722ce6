"""Enqueue over HTTP: the service without workers, in turns with an endpoint that does one LPUSH per request."""

from contextlib import ExitStack
from dataclasses import dataclass

from .figures import Figure, Meter, in_turns
from .java import ROOT, JavaApp, packaged
from .load import post_bulk, post_for
from .plan import JOB, JOBS_PATH, PAYLOAD, queue_key
from .processes import BenchError, run
from .redis import RedisServer, reference

CONNECTIONS = (1, 50)
BULK_CONNECTIONS = (1, 4)
# Of each connection.
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
    key: str | None = None


def measure_enqueue(plan, aof, say):
    """Returns groups of figures: ours, and the bare endpoint's if it has such a thing."""
    with ExitStack() as stack:
        ours, bare, keyed = _service(plan, aof, stack), _endpoint(plan, aof, stack), _service(plan, aof, stack, True)
        say("enqueue: warming up")
        for _ in range(plan.warmups):
            for contender in (ours, bare, keyed):
                _sample(plan, contender, max(CONNECTIONS))
        single = [_measure(plan, ours, bare, connections, say) for connections in CONNECTIONS]
        with_key = _measure(plan, keyed, ours, max(CONNECTIONS), say, "enqueue with a key and without")
        bulk = [_measure_bulk(plan, ours, connections, say) for connections in BULK_CONNECTIONS]
        return [*single, with_key, *bulk]


def _measure(plan, ours, bare, connections, say, what="enqueue over HTTP"):
    figures = {c: Figure(c.name, f"{what}, {connections} connection(s)") for c in (ours, bare)}
    for turn in in_turns(plan.rounds, (ours, bare)):
        for contender in turn:
            sample = _sample(plan, contender, connections)
            figures[contender].samples.append(sample)
            say(f"{figures[contender].what}: {contender.name} {sample.text()}")
    return figures[ours], figures[bare]


def _measure_bulk(plan, ours, connections, say):
    figure = Figure(ours.name, f"bulk enqueue, {BULK_JOBS:,} jobs a request, {connections} connection(s)")
    jobs = connections * BULK_REQUESTS * BULK_JOBS
    for warming in [True] + [False] * plan.rounds:
        nearby = reference(ours.redis, plan.reference_requests)
        ours.redis.forget(ours.keys)
        meter = Meter(ours.app, ours.redis)
        per_second = post_bulk(connections, BULK_REQUESTS, BULK_JOBS, ours.app.port, f"{ours.path}/bulk", ours.body)
        sample = meter.sample(per_second, nearby, jobs)
        arrived = ours.redis(*ours.count)
        if arrived != jobs:
            raise BenchError(f"invalid run: {jobs} jobs were added, Redis holds {arrived}")
        if not warming:
            figure.samples.append(sample)
            say(f"{figure.what}: {sample.text()}")
    return (figure,)


def _sample(plan, contender, connections):
    nearby = reference(contender.redis, plan.reference_requests)
    # Only now, as requests that the last load left under way may have arrived late.
    contender.redis.forget(contender.keys)
    meter = Meter(contender.app, contender.redis)
    load = post_for(plan.load_seconds, contender.app.port, contender.path, contender.body, connections, contender.key)
    sample = meter.sample(load.per_second, nearby, load.answers)
    arrived = contender.redis(*contender.count)
    # wrk hangs up at the end of its time: one request per connection may have arrived without being counted.
    if not load.answers <= arrived <= load.answers + connections:
        raise BenchError(f"invalid run: {contender.name} gave {load.answers} answers, Redis holds {arrived} jobs")
    return sample


def _service(plan, aof, stack, secured=False):
    kind = "service-with-keys" if secured else "service"
    redis = stack.enter_context(RedisServer(f"redis-of-{kind}", aof, plan.directory))
    options = plan.service("-Dmainstay.worker.enabled=false")
    key = None
    if secured:
        line = run([plan.java, "-jar", packaged(ROOT), "new-key", "bench", "producer", "bench"], "new-key", 60)
        key = line.split()[0]
        keys = plan.directory / "keys"
        keys.write_text(line)
        options += ["-Dmainstay.security.enabled=true", f"-Dmainstay.security.keys-file={keys}"]
    app = stack.enter_context(JavaApp(kind, plan.java, packaged(ROOT), redis, options, plan.directory))
    name = "Mainstay with a key" if secured else "Mainstay"
    return Contender(name, app, redis, JOBS_PATH, JOB, ("ZCARD", queue_key("ready")), queue_key("*"), key)


def _endpoint(plan, aof, stack):
    jar = packaged(ROOT / "bench" / "lpush-endpoint")
    redis = stack.enter_context(RedisServer("redis-of-endpoint", aof, plan.directory))
    endpoint = JavaApp("endpoint", plan.java, jar, redis, plan.java_options, plan.directory, ready="/jobs")
    app = stack.enter_context(endpoint)
    return Contender("bare endpoint", app, redis, "/jobs", PAYLOAD, ("LLEN", "jobs"), "jobs")
