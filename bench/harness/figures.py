"""What was measured: samples, each next to a reference taken right before it."""

import math
import statistics
from dataclasses import dataclass, field, replace
from decimal import Decimal


@dataclass(frozen=True)
class Sample:
    """One measurement. CPU in seconds per 10,000 jobs."""

    per_second: float
    reference: float
    app_cpu: float
    redis_cpu: float

    @property
    def ratio(self):
        return self.per_second / self.reference

    def at_rate(self, per_second):
        return replace(self, per_second=per_second)

    def text(self):
        return f"{self.per_second:,.0f}/s, {self.ratio:.2f} of {self.reference:,.0f}/s"


@dataclass
class Figure:
    """One thing measured several times, for one contender."""

    contender: str
    what: str
    samples: list = field(default_factory=list)

    def values(self, name):
        return [getattr(sample, name) for sample in self.samples]

    def quotients(self, other):
        """Ours by theirs, round by round: both were measured within seconds of each other."""
        pairs = zip(self.samples, other.samples, strict=True)
        return [mine.per_second / theirs.per_second for mine, theirs in pairs]


@dataclass(frozen=True)
class Memory:
    """Resident memory in MiB."""

    app_idle: float
    app_after: float
    redis_idle: float
    redis_after: float


@dataclass(frozen=True)
class Delays:
    """How long jobs waited to be started, in whole milliseconds; the contender's name says since when."""

    contender: str
    per_second: int
    millis: list

    def percentile(self, percent):
        """Nearest rank: a value that was measured, not one between two."""
        ordered = sorted(self.millis)
        rank = math.ceil(Decimal(str(percent)) * len(ordered) / 100)
        return ordered[max(rank, 1) - 1]

    def mean(self):
        """Both ends are rounded down to a millisecond, which evens out here: this knows about parts of one."""
        return statistics.fmean(self.millis)


class Meter:
    """CPU time of a contender and its Redis since the meter was made."""

    def __init__(self, app, redis):
        self._app, self._redis = app, redis
        self._begin = app.cpu_seconds(), redis.cpu_seconds()

    def sample(self, per_second, reference, jobs):
        app, redis = self._app.cpu_seconds() - self._begin[0], self._redis.cpu_seconds() - self._begin[1]
        return Sample(per_second, reference, app / jobs * 10_000, redis / jobs * 10_000)


def in_turns(rounds, contenders):
    """A B, B A, A B, …: what drifts in the machine meets both alike."""
    for number in range(rounds):
        yield contenders if number % 2 == 0 else contenders[::-1]
