"""Asks for jobs."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any, Callable, Dict, List, Optional

from . import jsontext
from .backoff import Backoff
from .errors import ApiError, ConnectionLost
from .http import Abort, Answer, Transport
from .hub import Hub
from .reports import Report
from .task import Task, log

# Besides the time that the service was asked to wait.
_ANSWER_S = 5.0
# When the worker stops it does not wait long for an answer that it is still owed.
_LAST_ANSWER_S = 2.0
_MOST_JOBS = 1000
# While jobs are plenty, how long to wait for more free slots, so that fewer requests bring more jobs each.
_LINGER_S = 0.005
# A wait that ends so much earlier than asked for, and without a job, is followed by a pause.
_EARLY_S = 1.0
_DRAINED_S = 1.0
# These say that the request itself is wrong, or its sender.
_HOPELESS = (400, 401, 403, 404, 405, 413, 415, 422)


class Leasing:
    """
    :param request: body of the lease calls but for ``max`` and ``reports``
    :param start: begins a task
    :param fatal: told of an error that the first call met and no repeat will mend
    """

    def __init__(
        self,
        hub: Hub,
        transport: Transport,
        request: Dict[str, Any],
        wait: int,
        decimals: bool,
        start: Callable[[Task], None],
        fatal: Callable[[Exception], None],
    ) -> None:
        self._hub = hub
        self._transport = transport
        self._request = request
        self._wait = wait
        self._decimals = decimals
        self._start = start
        self._fatal = fatal
        self._abort: Optional[Abort] = None
        #: The service has answered, and so knows the handlers.
        self.answered = threading.Event()
        self._waited = 0
        # Whether the last answer brought all that was asked for, so that there is more.
        self._plenty = False

    def run(self) -> None:
        early = Backoff(0.1, 2.0)
        while True:
            slots = self._await_slots()
            if slots == 0:
                return
            begun = time.monotonic()
            answer = self._ask(slots)
            if answer is None:
                return
            jobs = answer["jobs"]
            self._plenty = len(jobs) >= slots
            if jobs:
                early.reset()
            elif answer.get("drain"):
                self._pause(Backoff(_DRAINED_S).next())
            elif time.monotonic() - begun < self._waited - _EARLY_S:
                # The instance is about to end, or has no room for waits.
                self._pause(early.next())

    def stop(self) -> None:
        """Ends a wait. ``hub.stopping`` has been set."""
        with self._hub.lock:
            self._hub.slots.notify_all()
            abort = self._abort
        if abort is not None:
            abort.fire()

    def _await_slots(self) -> int:
        hub = self._hub
        enough = max(1, hub.concurrency // 2) if self._plenty else 1
        end: Optional[float] = None
        with hub.lock:
            while not hub.stopping.is_set():
                free = min(hub.free(), _MOST_JOBS)
                now = time.monotonic()
                if free <= 0:
                    end = None
                    hub.wanted = 1
                    hub.slots.wait()
                elif free >= enough or (end is not None and now >= end):
                    return free
                else:
                    end = end or now + _LINGER_S
                    hub.wanted = enough
                    hub.slots.wait(end - now)
        return 0

    def _ask(self, most: int) -> Optional[Dict[str, Any]]:
        """Repeats one request until it is answered, so that jobs of a lost answer are found. None: the worker stops."""
        hub = self._hub
        key = uuid.uuid4().hex
        head = jsontext.dumps({**self._request, "max": most})[:-1]
        backoff = Backoff()
        # A request under this key may have been answered, unheard.
        in_doubt = False
        carry = True
        while True:
            reports = hub.outbox.take_reports() if carry else []
            carry = True
            abort = Abort()
            with hub.lock:
                last = hub.stopping.is_set()
                # What became of reports, and whether this worker may lease at all, is to be known soon, not when a wait is over.
                wait = self._waited = 0 if last or reports or not self.answered.is_set() else self._wait
                self._abort = abort if wait else None
            if last and not in_doubt:
                hub.outbox.put_back(reports)
                return None
            sent = time.monotonic()
            asked: Optional[float] = None
            hub.leasing_since = sent
            try:
                answer = self._transport.send(
                    "POST",
                    "/v1/leases",
                    _body(head, reports),
                    headers={"Prefer": f"wait={wait}", "Idempotency-Key": key},
                    timeout=_LAST_ANSWER_S if last else wait + _ANSWER_S,
                    abort=abort,
                )
                if answer.status == 200:
                    return self._take(answer, reports, sent + wait)
                error = answer.error()
            except ConnectionLost as lost:
                hub.outbox.put_back(reports)
                in_doubt = True
                if not abort.fired:
                    log.warning("the service cannot be reached, asking again: %s", lost)
            else:
                in_doubt = in_doubt or error.temporary
                hub.outbox.put_back(reports)
                # Whether the reports are to blame will be seen by sending them apart.
                carry = not reports or error.temporary
                asked = error.retry_after
                if carry and not self._bear(error):
                    return None
            finally:
                hub.leasing_since = 0.0
            if last:
                return None
            if carry and not abort.fired:
                self._pause(backoff.next(asked))

    def _bear(self, error: ApiError) -> bool:
        """False if there is no use in asking again."""
        if error.status in _HOPELESS and not self.answered.is_set():
            self._fatal(error)
            return False
        log.warning("no jobs could be leased, asking again: %s", error)
        return True

    def _take(self, answer: Answer, reports: List[Report], waited_until: float) -> Dict[str, Any]:
        received = min(time.monotonic(), waited_until)
        content: Dict[str, Any] = answer.json(self._decimals)
        self.answered.set()
        log.debug("%d jobs leased, %d reports taken", len(content["jobs"]), len(reports))
        self._hub.outbox.settle(reports, content.get("reports", []))
        for task in self._hub.take_on(content["jobs"], received):
            self._start(task)
        if "problem" in content:
            problem = content["problem"]
            log.warning("no jobs could be leased, asking again: %s", problem.get("detail") or problem.get("title"))
        return content

    def _pause(self, seconds: float) -> None:
        self._hub.stopping.wait(seconds)


def _body(head: bytes, reports: List[Report]) -> bytes:
    if not reports:
        return head + b"}"
    return head + b',"reports":[' + b",".join(report.text for report in reports) + b"]}"
