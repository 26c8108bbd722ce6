"""How long to wait before something is tried again."""

from __future__ import annotations

import random
from typing import Optional


class Backoff:
    """Doubles from ``first`` to ``most`` seconds; each wait is between half of that and all of it, at random."""

    def __init__(self, first: float = 0.1, most: float = 5.0) -> None:
        self._first = first
        self._most = most
        self._next = first

    def next(self, asked: Optional[float] = None) -> float:
        """Seconds to wait. ``asked``: what the service wants, never undercut."""
        wait = self._next * random.uniform(0.5, 1.0)
        self._next = min(self._most, self._next * 2)
        if asked is None:
            return wait
        return max(wait, asked * random.uniform(1.0, 1.1))

    def reset(self) -> None:
        self._next = self._first
