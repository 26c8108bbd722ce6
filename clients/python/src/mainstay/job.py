"""A job as the service shows it."""

from __future__ import annotations

import datetime as _dt
from typing import Any, Dict, List, Optional

from .durations import from_instant, to_seconds

_ENDED = frozenset(("succeeded", "dead", "cancelled"))


class Job:
    """What the service said of a job at one moment. ``raw`` has all of it."""

    __slots__ = ("raw",)

    def __init__(self, raw: Dict[str, Any]) -> None:
        self.raw = raw

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def queue(self) -> str:
        return str(self.raw.get("queue", ""))

    @property
    def handler(self) -> str:
        return str(self.raw.get("handler", ""))

    @property
    def state(self) -> str:
        """blocked, scheduled, ready, running, succeeded, dead or cancelled."""
        return str(self.raw["state"])

    @property
    def ended(self) -> bool:
        return self.state in _ENDED

    @property
    def attempt(self) -> int:
        """How often it was begun: 1 in the first attempt."""
        return int(self.raw.get("attempt", 0))

    @property
    def max_attempts(self) -> int:
        return int(self.raw.get("maxAttempts", 0))

    @property
    def snoozes(self) -> int:
        return int(self.raw.get("snoozes", 0))

    @property
    def priority(self) -> int:
        return int(self.raw.get("priority", 0))

    @property
    def payload(self) -> Any:
        return self.raw.get("payload")

    @property
    def result(self) -> Any:
        return self.raw.get("result")

    @property
    def progress(self) -> Optional[Dict[str, Any]]:
        """``percent``, ``note`` and ``at``, if its handler told any."""
        return self.raw.get("progress")

    @property
    def errors(self) -> List[Dict[str, Any]]:
        """Of the last attempts that failed: ``attempt``, ``type``, ``message``, …"""
        return list(self.raw.get("errors", ()))

    @property
    def timeout(self) -> Optional[float]:
        """Seconds that one attempt may take."""
        text = self.raw.get("timeout")
        return None if text is None else to_seconds(text)

    @property
    def enqueued_at(self) -> Optional[_dt.datetime]:
        return self._time("enqueuedAt")

    @property
    def run_at(self) -> Optional[_dt.datetime]:
        return self._time("runAt")

    @property
    def started_at(self) -> Optional[_dt.datetime]:
        return self._time("startedAt")

    @property
    def finished_at(self) -> Optional[_dt.datetime]:
        return self._time("finishedAt")

    @property
    def deadline(self) -> Optional[_dt.datetime]:
        return self._time("deadline")

    def _time(self, name: str) -> Optional[_dt.datetime]:
        text = self.raw.get(name)
        return None if text is None else from_instant(text)

    def __repr__(self) -> str:
        return f"<Job {self.queue}/{self.id} {self.state}>"
