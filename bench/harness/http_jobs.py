"""Jobs that are HTTP requests: a full queue of them is drained against a sink on this machine."""

from contextlib import ExitStack
from dataclasses import replace

from .contenders import Mainstay
from .drain import drain_round
from .figures import Figure
from .plan import PAYLOAD
from .processes import BenchError
from .sink import Sink


def measure_http(plan, aof, say):
    """Returns the figure of a warm process and that of its first batch."""
    plan = replace(plan, jobs=plan.http_jobs)
    with ExitStack() as stack:
        sink = stack.enter_context(Sink(plan.directory))
        job = {"http": {"url": f"{sink.url}/job", "method": "POST", "body": PAYLOAD}}
        allow = f"-Dmainstay.http.allow={sink.url}"
        ours = Mainstay(plan, aof, stack, job, allow, "-Dmainstay.http.allow-subnets=127.0.0.0/8")
        first = _batch(plan, ours, sink, "first batch of http jobs", say)
        # The service keeps connections to a target once it was seen to be quiet, and the compiler wants its time.
        for _ in range(plan.warmups - 1):
            _batch(plan, ours, sink, "warm-up batch of http jobs", say)
        warm = [_batch(plan, ours, sink, "http jobs", say) for _ in range(plan.rounds)]
    return [
        Figure(ours.name, f"http jobs, batches of {plan.jobs:,}", warm),
        Figure(ours.name, f"http jobs, first batch of {plan.jobs:,}", [first]),
    ]


def _batch(plan, ours, sink, what, say):
    received, cpu = sink.received(), sink.cpu_seconds()
    sample = drain_round(plan, [ours], what, say)[0]
    sink_cpu = (sink.cpu_seconds() - cpu) / plan.jobs * 10_000
    say(f"{what}: CPU s per 10,000: service {sample.app_cpu:.2f}, Redis {sample.redis_cpu:.2f}, sink {sink_cpu:.2f}")
    # At least once: a repeat is no error, a job that never came is.
    if sink.received() - received < plan.jobs:
        raise BenchError(f"invalid run: the sink got {sink.received() - received} requests of {plan.jobs} jobs")
    return sample
