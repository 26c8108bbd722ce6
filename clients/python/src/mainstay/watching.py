"""Extends all leases in one call that waits, and so hears at once of a job that was cancelled."""

from __future__ import annotations

import time
from typing import List, Optional

from .backoff import Backoff
from .errors import ApiError, ConnectionLost
from .extending import MOST, Extending
from .http import Abort
from .hub import Hub
from .task import Task, log

# Most jobs are over before: nobody asks about them.
_YOUNG_S = 0.2
# A call that waits is given up for the sake of new jobs, or repeated after an early answer, at most so often.
_EVERY_S = 0.4
_LONGEST_WAIT_S = 20
# How close to its time-out a job has to be for the end of its lease to be called that.
_TIMEOUT_S = 0.5


class Watching:
    """:param lease: length of leases, in seconds"""

    def __init__(self, hub: Hub, extending: Extending, lease: float) -> None:
        self._hub = hub
        self._extending = extending
        # A lease is extended when a third of it is over.
        self._wait = min(_LONGEST_WAIT_S, int(lease / 3))
        self._every = min(_EVERY_S, lease / 3)
        self._abort: Optional[Abort] = None
        self._begun = 0.0

    def run(self) -> None:
        backoff = Backoff(0.1, 1.0)
        while True:
            tasks = self._await_tasks()
            if not tasks:
                return
            abort = Abort()
            with self._hub.lock:
                self._abort = abort
                self._begun = time.monotonic()
                for task in tasks:
                    task.watched = True
            try:
                self._extending.call(tasks, {}, self._wait, abort)
                backoff.reset()
            except ConnectionLost as lost:
                if not abort.fired:
                    log.warning("leases could not be extended, trying again: %s", lost)
                    self._hub.closed.wait(backoff.next())
            except ApiError as error:
                log.warning("leases could not be extended, trying again: %s", error)
                self._hub.closed.wait(backoff.next(error.retry_after))
            finally:
                with self._hub.lock:
                    self._abort = None
                    for task in tasks:
                        task.watched = False
            self._hub.closed.wait(max(0.0, self._begun + self._every - time.monotonic()))

    def _await_tasks(self) -> List[Task]:
        """Those that are not young any more; none at the end."""
        hub = self._hub
        while not hub.closed.is_set():
            now = time.monotonic()
            held = hub.held()
            tasks = [task for task in held if now - task.since >= _YOUNG_S]
            if tasks:
                return tasks[:MOST]
            if held:
                hub.closed.wait(_YOUNG_S / 2)
            else:
                with hub.lock:
                    if not hub._held and not hub.closed.is_set():
                        hub.changed.wait()
        return []

    def guard(self) -> None:
        """Stops handlers whose lease is over; a thread of its own, for the call above waits."""
        hub = self._hub
        while not hub.closed.is_set():
            with hub.lock:
                if not hub._held and not hub.closed.is_set():
                    hub.changed.wait()
            now = time.monotonic()
            for task in hub.unfinished():
                if task.until < now:
                    hub.lose(task, "timed-out" if task.context.time_left() < _TIMEOUT_S else "lost")
            self._begin_again(now)
            hub.closed.wait(_YOUNG_S / 2)

    def _begin_again(self, now: float) -> None:
        with self._hub.lock:
            abort = self._abort
            if abort is None or now - self._begun < self._every:
                return
            if not any(not task.watched and now - task.since >= _YOUNG_S for task in self._hub._held.values()):
                return
        abort.fire()

    def stop(self) -> None:
        """``hub.closed`` has been set."""
        with self._hub.lock:
            self._hub.changed.notify_all()
            abort = self._abort
        if abort is not None:
            abort.fire()
