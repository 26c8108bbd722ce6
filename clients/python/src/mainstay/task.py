"""One leased job, as the threads of a worker know it."""

from __future__ import annotations

import logging
import time
from typing import Optional

from .context import JobContext
from .reports import Report

log = logging.getLogger("mainstay")


class Task:
    """One leased job."""

    __slots__ = ("token", "context", "until", "since", "watched", "telling", "report")

    def __init__(self, token: str, context: JobContext, until: float) -> None:
        self.token = token
        self.context = context
        #: When the lease ends, by time.monotonic().
        self.until = until
        self.since = time.monotonic()
        #: Part of the call of watching that is under way.
        self.watched = False
        #: What its handler told is on its way.
        self.telling = False
        self.report: Optional[Report] = None
