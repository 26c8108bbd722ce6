"""Figures as markdown: what README.md explains how to read."""

import statistics

RATES = """| figure | per second | reference per second | ratio to reference | quotient |
| --- | ---: | ---: | ---: | --- |"""
COSTS = """| who, doing what | CPU s per 10,000 jobs | Redis' CPU s per 10,000 jobs |
| --- | ---: | ---: |"""
MEMORY = """| resident memory in MiB | idle | after the drains | Redis, idle | Redis, jobs kept |
| --- | ---: | ---: | ---: | ---: |"""
DELAYS = """| start delay in ms | jobs a second | jobs | p50 | p99 | p99.9 | max | mean |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""

JOB_MEMORY = """| bytes a job in Redis | payload | waiting | claimed | ended |
| --- | ---: | ---: | ---: | ---: |"""
IDLE = """| Redis | idle queues | instances | Redis commands a second | Redis' CPU, % of a core | CPU of the first instance, % of a core |
| --- | ---: | ---: | ---: | ---: | ---: |"""


def section(title, enqueues, drained, delays, http):
    """One setting of Redis. A group of figures is ours and those it is compared with."""
    parts = [f"## {title}"]
    drains = [[found.warm for found in drained], [found.cold for found in drained]]
    groups = [*enqueues, *(group for group in drains if group), *([figure] for figure in http)]
    if groups:
        parts.append(_table(RATES, (row for group in groups for row in _rates(group))))
        parts.append(_table(COSTS, (_cost(figure) for group in groups for figure in group)))
    if drained:
        parts.append(_table(MEMORY, (_memory(found) for found in drained)))
    if delays:
        parts.append(_table(DELAYS, map(_delay, delays)))
    return "\n\n".join(parts) + "\n"


def whatever_the_aof(memory, idle):
    """What is measured once, without an append-only file."""
    parts = ["## Whatever the AOF"]
    if memory:
        parts.append(_table(JOB_MEMORY, map(_job_memory, memory)))
    if idle:
        parts.append(_table(IDLE, map(_idle, idle)))
    return "\n\n".join(parts) + "\n"


def _table(head, rows):
    return "\n".join([head, *rows])


def _rates(group):
    ours, *others = group
    quotient = " ".join(f"{_spread(ours.quotients(other), 2)} × {other.contender}" for other in others)
    yield _rate(ours, quotient)
    for other in others:
        yield _rate(other, "")


def _rate(figure, quotient):
    per_second = _spread(figure.values("per_second"), 0)
    reference = _spread(figure.values("reference"), 0)
    return f"| {figure.contender}, {figure.what} | {per_second} | {reference} | {_spread(figure.values('ratio'), 2)} | {quotient} |"


def _cost(figure):
    app, redis = _spread(figure.values("app_cpu"), 2), _spread(figure.values("redis_cpu"), 2)
    return f"| {figure.contender}, {figure.what} | {app} | {redis} |"


def _memory(found):
    memory = found.memory
    cells = (memory.app_idle, memory.app_after, memory.redis_idle, memory.redis_after)
    return f"| {found.warm.contender} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |"


def _delay(delays):
    measured = [delays.percentile(percent) for percent in (50, 99, 99.9)] + [max(delays.millis)]
    cells = [f"{cell:,.0f}" for cell in measured] + [f"{delays.mean():.2f}"]
    return f"| {delays.contender} | {delays.per_second:,} | {len(delays.millis):,} | " + " | ".join(cells) + " |"


def _job_memory(row):
    cells = " | ".join(f"{cell:,.0f}" for cell in (row.payload, row.waiting, row.claimed, row.ended))
    return f"| {row.contender} | {cells} |"


def _idle(row):
    cells = (f"{row.commands:,.0f}", f"{row.redis_cpu:.1f}", f"{row.service_cpu:.1f}")
    return f"| {row.redis} | {row.queues:,} | {row.instances} | " + " | ".join(cells) + " |"


def _spread(values, digits):
    """Median, and the extremes if there are several."""
    middle = f"{statistics.median(values):,.{digits}f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):,.{digits}f} – {max(values):,.{digits}f})"
