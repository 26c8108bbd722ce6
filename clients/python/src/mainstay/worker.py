"""Runs jobs."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import threading
import time
import uuid
from inspect import iscoroutinefunction
from queue import SimpleQueue
from typing import Any, Callable, Dict, List, Optional, Sequence, TypeVar

from .context import JobContext
from .durations import DurationLike, to_iso, to_seconds
from .extending import Extending
from .http import Transport
from .hub import Hub
from .leasing import Leasing
from .outcomes import Outcome, Stopped
from .reports import Report, of_exception, release, success
from .sending import Sending
from .task import Task, log
from .watching import Watching

Handler = Callable[[JobContext], Any]
_H = TypeVar("_H", bound=Handler)

# How long handlers that are told to stop at the end of the grace may take for it.
_STOP_S = 1.0
# How long the end waits for threads that have nothing more to do.
_JOIN_S = 6.0


class Worker:
    """Leases jobs of some queues and runs them, each in a thread of its own.

    :param queues: at most 20
    :param url: of the service; ``MAINSTAY_URL`` if absent, else ``http://localhost:8080``
    :param key: the API key (``ms_…``); ``MAINSTAY_KEY`` if absent
    :param name: of this process, shown with its jobs: 1 to 64 of ``A-Z a-z 0-9 . _ -``; made of host and process if absent
    :param concurrency: how many jobs run at the same time, 1 to 1000
    :param lease: how long a job stays this worker's when nothing is heard of it; renewed while its handler runs
    :param grace: seconds that running handlers may take after SIGTERM; those left are told to stop and their jobs released
    :param wait: seconds that the service holds a request for jobs while there are none, 0 to 50
    :param version: of your code, shown in the list of workers
    :param decimals: numbers with a fraction come as exact ``Decimal`` instead of ``float``
    """

    def __init__(
        self,
        queues: Sequence[str],
        *,
        url: Optional[str] = None,
        key: Optional[str] = None,
        name: Optional[str] = None,
        concurrency: int = 10,
        lease: DurationLike = 30,
        grace: float = 20.0,
        wait: int = 20,
        version: Optional[str] = None,
        decimals: bool = False,
        tls: Optional[ssl.SSLContext] = None,
    ) -> None:
        if isinstance(queues, str):
            raise TypeError("queues: a list of names")
        if not 1 <= concurrency <= 1000:
            raise ValueError(f"concurrency {concurrency}: 1 to 1000")
        self.name = name or _default_name()
        self._queues = list(queues)
        self._handlers: Dict[str, Handler] = {}
        self._grace = grace
        self._lease = to_seconds(lease)
        self._wait = wait
        self._version = version
        self._decimals = decimals
        self._transport = Transport(url, key, tls)
        self._hub = Hub(concurrency)
        self._extending = Extending(self._hub, self._transport, self.name)
        self._sending = Sending(self._hub, self._transport, self._extending)
        self._watching = Watching(self._hub, self._extending, self._lease)
        self._leasing: Optional[Leasing] = None
        self._tasks: SimpleQueue[Optional[Task]] = SimpleQueue()
        # Why run() is to end: None on request. A SimpleQueue may be put to in a signal handler, an Event may not.
        self._ends: SimpleQueue[Optional[Exception]] = SimpleQueue()
        self._threads: Dict[str, threading.Thread] = {}
        self._pool: List[threading.Thread] = []

    def handler(self, name: str) -> Callable[[_H], _H]:
        """Decorator of the function that runs jobs of that handler.

        It gets a :class:`JobContext`, and returns the job's result, any JSON. An exception has the job tried again while
        attempts are left; see also :class:`Retry`, :class:`Snooze`, :class:`Fail`.
        """

        def add(function: _H) -> _H:
            if iscoroutinefunction(function):
                raise TypeError(f"{name}: a coroutine; call asyncio.run in a plain function")
            if name in self._handlers:
                raise ValueError(f"handler {name} has a function already")
            self._handlers[name] = function
            return function

        return add

    def run(self) -> None:
        """Runs jobs until SIGTERM or SIGINT, or until another thread calls :meth:`end`; then stops as :meth:`stop` does.

        A second signal is no longer caught, so it ends the process.

        :raises ApiError: the first request for jobs was refused: a wrong key, say
        """
        before: Dict[int, Any] = {}
        if threading.current_thread() is threading.main_thread():
            for caught in (signal.SIGTERM, signal.SIGINT):
                before[caught] = signal.signal(caught, lambda *_: self.end())
        try:
            self.start()
            error = self._ends.get()
        finally:
            for number, earlier in before.items():
                signal.signal(number, earlier)
        self.stop()
        if error is not None:
            raise error

    def end(self) -> None:
        """Has :meth:`run` end. Safe in signal handlers and in handlers of jobs."""
        self._ends.put(None)

    def start(self, timeout: float = 0.0) -> bool:
        """As :meth:`run`, but returns; :meth:`stop` ends it.

        :param timeout: seconds to wait until the service has answered; it knows the handlers some seconds later
        :return: whether it has
        """
        if self._leasing is not None:
            raise RuntimeError("a worker is started once")
        if not self._handlers:
            raise ValueError("no handlers")
        request: Dict[str, Any] = {
            "worker": self.name,
            "queues": self._queues,
            "handlers": sorted(self._handlers),
            "lease": to_iso(self._lease),
            "concurrency": self._hub.concurrency,
        }
        if self._version is not None:
            request["version"] = self._version
        self._leasing = Leasing(
            self._hub, self._transport, request, self._wait, self._decimals, self._begin, self._ends.put
        )
        self._spawn("leasing", self._leasing.run)
        self._spawn("sending", self._sending.run)
        self._spawn("watching", self._watching.run)
        self._spawn("guard", self._watching.guard)
        log.info("worker %s serves %s", self.name, ", ".join(self._queues))
        return self._leasing.answered.wait(timeout)

    def stop(self, grace: Optional[float] = None) -> None:
        """Takes no more jobs, lets handlers finish within the grace, tells the rest to stop and releases their jobs."""
        if self._leasing is None or self._hub.stopping.is_set():
            return
        hub = self._hub
        with hub.lock:
            hub.stopping.set()
            hub.outgoing.notify_all()
        self._leasing.stop()
        self._await_handlers(self._grace if grace is None else grace)
        left = hub.unfinished()
        for task in left:
            hub.stop_task(task, "shutdown")
        if left:
            self._await_handlers(_STOP_S)
        for task in left:
            hub.release(task, release(task.token))
        self._threads["leasing"].join(_JOIN_S)
        with hub.lock:
            hub.closed.set()
            hub.outgoing.notify_all()
        self._watching.stop()
        end = time.monotonic() + _JOIN_S
        for name in ("sending", "watching", "guard"):
            self._threads[name].join(max(0.0, end - time.monotonic()))
        for _ in self._pool:
            self._tasks.put(None)
        self._extending.leave()
        self._transport.close()
        log.info("worker %s has ended", self.name)

    def _await_handlers(self, seconds: float) -> None:
        hub = self._hub
        end = time.monotonic() + seconds
        with hub.lock:
            while hub.running > 0 and time.monotonic() < end:
                hub.changed.wait(end - time.monotonic())

    def _spawn(self, name: str, run: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                run()
            except Exception as bug:
                log.exception("the worker ends, for its thread %s failed", name)
                self._ends.put(bug)

        thread = threading.Thread(target=guarded, name=f"mainstay-{name}", daemon=True)
        self._threads[name] = thread
        thread.start()

    def _begin(self, task: Task) -> None:
        if self._hub.stopping.is_set():
            self._hub.finish(task, release(task.token))
            return
        if len(self._pool) < self._hub.running:
            # Daemons, for a handler that does not stop must not keep the process.
            thread = threading.Thread(target=self._work, name=f"mainstay-job-{len(self._pool)}", daemon=True)
            self._pool.append(thread)
            thread.start()
        self._tasks.put(task)

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            if task is None:
                return
            self._hub.finish(task, self._attempt(task))
            del task

    def _attempt(self, task: Task) -> Optional[Report]:
        context = task.context
        try:
            context.check()
            result = self._handlers[context.job.handler](context)
            report = of_exception(task.token, result) if isinstance(result, Outcome) else success(task.token, result)
        except Outcome as outcome:
            report = of_exception(task.token, outcome)
        except BaseException as raised:  # noqa: BLE001 - whatever a handler raises, its thread goes on
            if context.stop_reason == "shutdown" and isinstance(raised, Stopped):
                return release(task.token)
            if context.stop_reason is None:
                log.warning("job %s failed", context.idempotency_key, exc_info=raised)
            report = of_exception(task.token, raised)
        if context.stop_reason in (None, "shutdown"):
            return report
        log.info("the handler of job %s has stopped", context.idempotency_key)
        return None


def _default_name() -> str:
    host = re.sub(r"[^A-Za-z0-9._-]", "-", socket.gethostname())[-40:] or "worker"
    return f"{host}-{os.getpid()}-{uuid.uuid4().hex[:4]}"
