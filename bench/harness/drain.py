"""Draining a full queue of no-op jobs, in turns with BullMQ."""

from contextlib import ExitStack
from dataclasses import dataclass

from .contenders import BullMqQueue, Mainstay
from .figures import Figure, Memory, Meter, in_turns
from .processes import BenchError, wait_until
from .redis import reference


@dataclass(frozen=True)
class Drained:
    """What is known of one contender after the drains; cold is the first one of the process."""

    warm: Figure
    cold: Figure
    memory: Memory


def measure_drain(plan, aof, say):
    """Returns what was measured: ours, and BullMQ's unless that was left out."""
    with ExitStack() as stack:
        contenders = [Mainstay(plan, aof, stack)]
        if plan.bullmq:
            contenders.append(BullMqQueue(plan, aof, stack))
        cold = {contender: drain_round(plan, [contender], "first drain", say)[0] for contender in contenders}
        for _ in range(plan.warmups - 1):
            drain_round(plan, contenders, "warm-up drain", say)
        warm = {contender: [] for contender in contenders}
        for turn in in_turns(plan.rounds, contenders):
            for contender, sample in zip(turn, drain_round(plan, turn, "drain", say), strict=True):
                warm[contender].append(sample)
        return [
            Drained(
                Figure(contender.name, f"drain of {plan.jobs:,}", warm[contender]),
                Figure(contender.name, f"first drain of {plan.jobs:,}", [cold[contender]]),
                _memory(contender),
            )
            for contender in contenders
        ]


def drain_round(plan, turn, what, say):
    """Fills for all, then drains one after the other, so that little time lies between the drains."""
    for contender in turn:
        _fill(plan, contender)
    samples = []
    for contender in turn:
        samples.append(_drain(plan, contender))
        say(f"{what}: {contender.name} {samples[-1].text()}")
    return samples


def _fill(plan, contender):
    contender.redis.forget(contender.keys)
    contender.fill(plan.jobs)


def _drain(plan, contender):
    nearby = reference(contender.redis, plan.reference_requests)
    # Here and not after the fill, so that a pause which leaks is seen too.
    if contender.waiting() != plan.jobs or contender.succeeded() != 0:
        raise BenchError(f"invalid run: {contender.waiting()} jobs wait for {contender.name}, not {plan.jobs}")
    meter = Meter(contender.app, contender.redis)
    contender.resume()
    await_ended(contender, plan.jobs, 300)
    done = meter.sample(0, nearby, plan.jobs)
    if contender.succeeded() != plan.jobs:
        raise BenchError(f"invalid run: {contender.name} says {contender.succeeded()} jobs succeeded")
    seconds = (contender.redis.highest_score(contender.ended) - contender.first_started()) / 1000
    return done.at_rate(plan.jobs / seconds)


def await_ended(contender, jobs, seconds):
    # Asked of Redis itself, of everybody alike: a cheap command that costs the contender nothing.
    wait_until(lambda: contender.redis("ZCARD", contender.ended) >= jobs, f"{jobs} jobs to end", seconds)


def _memory(contender):
    """With the ended jobs of the last drain still kept."""
    return Memory(contender.app_idle, contender.app.rss_mib(), contender.redis_idle, contender.redis.rss_mib())

