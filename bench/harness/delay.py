"""How long a job waits for its start while nothing is in its way, at several rates."""

from contextlib import ExitStack

from .contenders import BullMqQueue, Mainstay
from .drain import await_ended
from .processes import BenchError

SLOW = 20
FAST = (1_000, 5_000)


def measure_delay(plan, aof, say):
    """Returns delays: ours, and BullMQ's unless that was left out, rate by rate."""
    with ExitStack() as stack:
        contenders = [Mainstay(plan, aof, stack)]
        if plan.bullmq:
            contenders.append(BullMqQueue(plan, aof, stack))
        return delays_of(contenders, plan, FAST, say)


def delays_of(contenders, plan, fast, say):
    """At the slow rate and at these."""
    for contender in contenders:
        say(f"start delay: {contender.name} is warming up")
        _trickle(contender, max(fast) * plan.paced_seconds, max(fast))
    rates = [(SLOW, plan.trickle)] + [(rate, rate * plan.paced_seconds) for rate in fast]
    return [
        delays for rate, jobs in rates for contender in contenders for delays in _measure(contender, jobs, rate, say)
    ]


def _measure(contender, jobs, per_second, say):
    _trickle(contender, jobs, per_second)
    delays = contender.delays(per_second)
    for delay in delays:
        if len(delay.millis) != jobs:
            raise BenchError(f"invalid run: {len(delay.millis)} of {jobs} jobs ran for {contender.name}")
        percentiles = ", ".join(f"p{percent} {delay.percentile(percent):.0f}" for percent in (50, 99, 99.9))
        say(f"start delay in ms, {per_second:,} jobs/s: {delay.contender} {percentiles}, mean {delay.mean():.2f}")
    return delays


def _trickle(contender, jobs, per_second):
    contender.redis.forget(contender.keys)
    contender.trickle(jobs, per_second)
    await_ended(contender, jobs, 60)
