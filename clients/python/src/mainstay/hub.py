"""What the threads of a worker have in common.

Who does what:

- *leasing* asks for jobs and takes reports along;
- *pool threads* run handlers;
- *sending* brings reports that leasing does not take soon, and what handlers tell;
- *watching* extends all leases in one call that waits, and so hears of cancels;
- *guard* stops tasks whose lease is over, and has watching begin again when jobs came that it does not watch yet.

All of it under one lock, which nobody holds while calling the service.
"""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import Any, Dict, List, Optional

from .context import JobContext
from .job import Job
from .outbox import Outbox
from .reports import Report
from .task import Task, log


class Hub:
    def __init__(self, concurrency: int) -> None:
        self.concurrency = concurrency
        self.lock = threading.Lock()
        #: A slot became free.
        self.slots = threading.Condition(self.lock)
        #: There is something to send.
        self.outgoing = threading.Condition(self.lock)
        #: Tasks came or went.
        self.changed = threading.Condition(self.lock)
        #: No more jobs are to be leased.
        self.stopping = threading.Event()
        #: Everything is to end.
        self.closed = threading.Event()
        #: Handlers that run, told to stop or not.
        self.running = 0
        #: Jobs whose attempt is over, though the service has not taken the report yet.
        self.unsettled = 0
        #: Free slots that leasing waits for.
        self.wanted = 1
        #: Since when leasing waits for an answer; 0 while it does not.
        self.leasing_since = 0.0
        self._held: Dict[str, Task] = {}
        self.outbox = Outbox(self)

    def take_on(self, jobs: List[Dict[str, Any]], received: float) -> List[Task]:
        """Jobs as the service leased them; those that a repeated answer brings again are left out."""
        tasks = []
        for raw in jobs:
            lease = raw["lease"]
            token = lease["token"]
            context = JobContext(Job(raw), lease["fence"], partial(self.outbox.news, token))
            tasks.append(Task(token, context, received + lease["remaining"] / 1000))
        with self.lock:
            tasks = [task for task in tasks if task.token not in self._held]
            for task in tasks:
                self._held[task.token] = task
            self.running += len(tasks)
            self.changed.notify_all()
        return tasks

    def finish(self, task: Task, report: Optional[Report]) -> None:
        """Its handler has ended. Without a report nothing is said of the job."""
        with self.lock:
            self.running -= 1
            if task.report is None:
                self.outbox._add(task, report)
            self.freed()
            if self.stopping.is_set():
                self.changed.notify_all()

    def free(self) -> int:
        """Jobs that may be leased now, if reports that are ready go along: the service is to see no more than may run. Under the lock."""
        return self.concurrency - self.running - self.unsettled + self.outbox._ready()

    def freed(self) -> None:
        """Under the lock."""
        if self.free() >= self.wanted:
            self.slots.notify()

    def release(self, task: Task, report: Report) -> None:
        """Gives a job back, though its handler may still run."""
        with self.lock:
            if task.report is None:
                self.outbox._add(task, report)

    def held(self) -> List[Task]:
        with self.lock:
            return list(self._held.values())

    def unfinished(self) -> List[Task]:
        with self.lock:
            return [task for task in self._held.values() if task.report is None]

    def lose(self, task: Task, reason: str) -> None:
        """The job is not this worker's any more."""
        with self.lock:
            self._forget(task.token)
        self.stop_task(task, reason)

    @staticmethod
    def stop_task(task: Task, reason: str) -> None:
        """Tells its handler, if that still runs."""
        if task.report is None and task.context._stop(reason):
            level = logging.WARNING if reason == "lost" else logging.INFO
            log.log(level, "job %s: %s, its handler is told to stop", task.context.idempotency_key, reason)

    def _forget(self, token: str) -> None:
        task = self._held.pop(token, None)
        if task is not None and task.report is not None:
            self.unsettled -= 1
        self.outbox._news.pop(token, None)
