"""What a handler is given."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional

from .job import Job
from .outcomes import Stopped

# The service keeps the latest 50 of a job, and takes 20 at a time.
_LINES_KEPT = 50
_LINES_SENT = 20


class JobContext:
    """One attempt at one job. Its methods may be called by several threads.

    Once the job is not this worker's any more, because it was cancelled, ran into its time-out, or its lease was lost,
    ``cancelled`` is set, and every method here raises :class:`Stopped`. A thread cannot be ended from outside in Python: a
    handler that does neither look at ``cancelled`` nor call a method runs on, and keeps its slot; what it returns is dropped.
    """

    __slots__ = (
        "job", "fence", "cancelled", "_reason", "_begun", "_told", "_lock", "_progress", "_lines", "_logged",
    )  # fmt: skip

    def __init__(self, job: Job, fence: int, told: Callable[[], None]) -> None:
        self.job = job
        #: Rises with every claim of the job: of two, the lower one is late.
        self.fence = fence
        #: Set when the handler is to stop.
        self.cancelled = threading.Event()
        self._reason: Optional[str] = None
        self._begun = time.monotonic()
        self._told = told
        self._lock = threading.Lock()
        self._progress: Optional[Dict[str, Any]] = None
        self._lines: Deque[str] = deque(maxlen=_LINES_KEPT)
        # Lines so far.
        self._logged = 0

    @property
    def id(self) -> str:
        return self.job.id

    @property
    def queue(self) -> str:
        return self.job.queue

    @property
    def payload(self) -> Any:
        return self.job.payload

    @property
    def attempt(self) -> int:
        """1 in the first attempt."""
        return self.job.attempt

    @property
    def max_attempts(self) -> int:
        return self.job.max_attempts

    @property
    def snoozes(self) -> int:
        """How often the job was put off."""
        return self.job.snoozes

    @property
    def idempotency_key(self) -> str:
        """The same in every attempt; for systems that take such a key."""
        return f"{self.queue}/{self.id}"

    @property
    def stop_reason(self) -> Optional[str]:
        """``cancelled``, ``lost``, ``timed-out`` or ``shutdown`` once ``cancelled`` is set."""
        return self._reason

    def time_left(self) -> float:
        """Seconds until the time-out of this attempt, or the job's deadline if that is sooner (by the clock of this machine)."""
        left = float("inf")
        if self.job.timeout is not None:
            left = self._begun + self.job.timeout - time.monotonic()
        if self.job.deadline is not None:
            left = min(left, self.job.deadline.timestamp() - time.time())
        return max(0.0, left)

    def check(self) -> None:
        """Raises :class:`Stopped` if the handler is to stop."""
        if self._reason is not None:
            raise Stopped(self._reason)

    def sleep(self, seconds: float) -> None:
        """Waits, and raises :class:`Stopped` as soon as the handler is to stop."""
        self.cancelled.wait(seconds)
        self.check()

    def progress(self, percent: int, note: str = "") -> None:
        """Shown with the job, within a second. Does not wait for the service.

        :param percent: 0 to 100
        """
        self.check()
        if not 0 <= percent <= 100:
            raise ValueError(f"percent {percent}: 0 to 100")
        progress: Dict[str, Any] = {"percent": int(percent)}
        if note:
            progress["note"] = note
        with self._lock:
            self._progress = progress
        self._told()

    def log(self, line: str) -> None:
        """A line of the job's log; the service keeps the latest 50. Does not wait for the service."""
        self.check()
        with self._lock:
            self._lines.append(line)
            self._logged += 1
        self._told()

    def _stop(self, reason: str) -> bool:
        """False if it was told before."""
        if self._reason is not None:
            return False
        self._reason = reason
        self.cancelled.set()
        return True

    def _has_news(self) -> bool:
        return self._progress is not None or bool(self._lines)

    def _take_news(self) -> Dict[str, Any]:
        """Fields of an extension, at most as much as one may have."""
        news: Dict[str, Any] = {}
        with self._lock:
            if self._progress is not None:
                news["progress"], self._progress = self._progress, None
            if self._lines:
                # By this the service knows lines that it has.
                news["logFrom"] = self._logged - len(self._lines) + 1
                news["log"] = [self._lines.popleft() for _ in range(min(_LINES_SENT, len(self._lines)))]
        return news

    def _put_back(self, news: Dict[str, Any]) -> None:
        with self._lock:
            if self._progress is None:
                self._progress = news.get("progress")
            lines: List[str] = news.get("log", [])
            room = _LINES_KEPT - len(self._lines)
            self._lines.extendleft(reversed(lines[max(0, len(lines) - room) :]))
