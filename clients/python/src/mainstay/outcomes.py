"""What a handler may raise, or return, in place of a result; and what stops it."""

from __future__ import annotations

from typing import Optional

from .durations import DurationLike


class Outcome(Exception):
    """Root of what a handler says about its job."""


class Retry(Outcome):
    """The attempt failed; the job is tried again after ``delay``, or its own backoff, while attempts are left.

    Any other exception does the same, so this is for a delay or an error type of one's own.
    """

    def __init__(
        self, delay: Optional[DurationLike] = None, message: str = "", type: str = "Retry"  # noqa: A002
    ) -> None:
        super().__init__(message)
        self.delay = delay
        self.message = message
        self.type = type


class Snooze(Outcome):
    """The job is run again after ``delay``; that is neither an attempt nor an error."""

    def __init__(self, delay: DurationLike) -> None:
        super().__init__(f"again in {delay}")
        self.delay = delay


class Fail(Outcome):
    """The job is dead, whatever attempts are left."""

    def __init__(self, message: str = "", type: str = "Fail") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.type = type


class Stopped(BaseException):
    """Raised by the calls of :class:`JobContext` once the job is not this worker's any more.

    A ``BaseException``, so that ``except Exception`` in a handler does not swallow it. Nothing is reported for the job.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        #: cancelled, lost, timed-out, or shutdown
        self.reason = reason
