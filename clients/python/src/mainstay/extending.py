"""One extension of leases: its body, and what its answer means."""

from __future__ import annotations

import time
from typing import Any, Dict, List, Optional

from . import jsontext
from .errors import ApiError, ConnectionLost
from .http import Abort, Transport
from .hub import Hub
from .task import Task, log

_ANSWER_S = 5.0
_LEAVE_S = 1.0
#: Leases that one call may have.
MOST = 1000


class Extending:
    def __init__(self, hub: Hub, transport: Transport, worker: str) -> None:
        self._hub = hub
        self._transport = transport
        self._worker = worker

    def call(
        self, tasks: List[Task], news: Dict[str, Dict[str, Any]], wait: int = 0, abort: Optional[Abort] = None
    ) -> bool:
        """Extends their leases; tells handlers whose job is gone.

        :param news: by token, what handlers told
        :return: whether all are held as before
        :raises ConnectionLost: no answer
        :raises ApiError: the service refused the call
        """
        body = {"leases": [{"token": task.token, **news.get(task.token, {})} for task in tasks], "worker": self._worker}
        sent = time.monotonic()
        answer = self._transport.send(
            "POST",
            "/v1/leases/extend",
            jsontext.dumps(body),
            headers={"Prefer": f"wait={wait}"} if wait else {},
            timeout=wait + _ANSWER_S,
            abort=abort,
        )
        if answer.status != 200:
            raise answer.error()
        # `remaining` counts from when the answer was made, which was not later than this.
        made = min(time.monotonic(), sent + wait)
        calm = True
        for task, entry in zip(tasks, answer.json()["leases"]):
            calm = self._heed(task, entry, made) and calm
        return calm

    def leave(self) -> None:
        """Says that this was the worker's last request, so that it is not listed for longer than it is there."""
        body = {"leases": [], "leaving": True, "worker": self._worker}
        try:
            self._transport.send("POST", "/v1/leases/extend", jsontext.dumps(body), timeout=_LEAVE_S)
        except ConnectionLost as lost:
            log.debug("the service was not told of the end: %s", lost)

    def _heed(self, task: Task, entry: Dict[str, Any], made: float) -> bool:
        status = entry["status"]
        if status == "held":
            task.until = made + entry["remaining"] / 1000
            return True
        if status == "unavailable":
            return False
        if status == "invalid":
            problem = entry.get("problem", {})
            log.error("an extension was refused: %s", problem.get("detail") or problem.get("title"))
            if not str(problem.get("type", "")).endswith("invalid-token"):
                # What was told is wrong; the lease is as it was.
                return False
        self._hub.lose(task, status if status in ("cancelled", "timed-out") else "lost")
        return False


def is_hopeless(error: Exception) -> bool:
    return isinstance(error, ApiError) and not error.temporary
