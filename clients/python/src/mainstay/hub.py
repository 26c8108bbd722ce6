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
import random
import threading
import time
from collections import deque
from functools import partial
from typing import Any, Deque, Dict, List, Optional

from .context import JobContext
from .job import Job
from .reports import Report

log = logging.getLogger("mainstay")

# What a request may have.
_MOST_REPORTS = 200
# The service reads a body of 1 MiB at most.
_MOST_BYTES = 512 * 1024
# Before a report is sent again: doubled with each sending, half of it at random.
_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 2.0


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
        #: Free slots that leasing waits for.
        self.wanted = 1
        #: Since when leasing waits for an answer; 0 while it does not.
        self.leasing_since = 0.0
        self._held: Dict[str, Task] = {}
        self._reports: Deque[Report] = deque()
        # Reports that wait until what their handler told was sent.
        self._behind_news: List[Report] = []
        self._news: Dict[str, Task] = {}

    # Tasks

    def take_on(self, jobs: List[Dict[str, Any]], received: float) -> List[Task]:
        """Jobs as the service leased them; those that a repeated answer brings again are left out."""
        tasks = []
        for raw in jobs:
            lease = raw["lease"]
            token = lease["token"]
            context = JobContext(Job(raw), lease["fence"], partial(self.news, token))
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
            free = self.concurrency - self.running
            if free == 1 or free >= self.wanted:
                self.slots.notify()
            if task.report is None:
                self._add(task, report)
            if self.stopping.is_set():
                self.changed.notify_all()

    def release(self, task: Task, report: Report) -> None:
        """Gives a job back, though its handler may still run."""
        with self.lock:
            if task.report is None:
                self._add(task, report)

    def _add(self, task: Task, report: Optional[Report]) -> None:
        if report is None:
            self._forget(task.token)
            return
        task.report = report
        report.added = time.monotonic()
        if task.telling or task.context._has_news():
            # Nobody listens to what is told after the report.
            self._behind_news.append(report)
            self.outgoing.notify()
            return
        if not self._reports:
            self.outgoing.notify()
        self._reports.append(report)

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
        self._held.pop(token, None)
        self._news.pop(token, None)

    # Reports

    def take_reports(self) -> List[Report]:
        """As many as one request may have, oldest first. They come back by settle or put_back."""
        taken: List[Report] = []
        size = 0
        with self.lock:
            while self._reports and len(taken) < _MOST_REPORTS:
                report = self._reports[0]
                size += len(report.text) + 1
                if taken and size > _MOST_BYTES:
                    break
                self._reports.popleft()
                if self._is_over(report):
                    log.warning("a report was not taken until its lease ended; the job will be run again")
                    self._forget(report.token)
                    size -= len(report.text) + 1
                    continue
                taken.append(report)
        return taken

    def _is_over(self, report: Report) -> bool:
        # What was never sent is sent once in any case: the service knows better when a lease ends.
        task = self._held.get(report.token)
        return report.tries > 0 and (task is None or task.until < time.monotonic())

    def put_back(self, reports: List[Report]) -> None:
        """They may not have been received, or could not be applied: they are sent again a little later."""
        with self.lock:
            for report in reports:
                report.tries += 1
                pause = min(_LONGEST_PAUSE_S, _PAUSE_S * 2 ** min(report.tries, 10)) * random.uniform(0.5, 1.0)
                report.added = time.monotonic() + pause
                self._reports.append(report)
            self.outgoing.notify()

    def settle(self, reports: List[Report], answers: List[Dict[str, Any]]) -> None:
        """What the service said of each."""
        # What was left out of the answer is as good as not received.
        again = reports[len(answers) :]
        with self.lock:
            for report, answer in zip(reports, answers):
                status = answer["status"]
                if status == "unavailable":
                    again.append(report)
                elif status == "invalid":
                    self._refused(report, answer.get("problem", {}))
                else:
                    if status == "lost":
                        log.warning("a report came too late and was refused: the job is not this worker's any more")
                    self._forget(report.token)
        if again:
            self.put_back(again)

    def refused(self, report: Report, problem: Dict[str, Any]) -> None:
        with self.lock:
            self._refused(report, problem)

    def _refused(self, report: Report, problem: Dict[str, Any]) -> None:
        log.error("report %s was refused: %s", report.outcome, problem.get("detail") or problem.get("title"))
        task = self._held.get(report.token)
        other = report.instead(problem)
        if other is None or task is None:
            self._forget(report.token)
            return
        task.report = None
        self._add(task, other)

    # What sending needs

    def await_outgoing(self, linger: float, news_after: float) -> bool:
        """Waits until reports are not to be left to leasing any longer, or news are due. False: all is sent and it is the end."""
        with self.lock:
            while True:
                now = time.monotonic()
                if self._behind_news:
                    return True
                due = []
                if self._reports:
                    due.append(self._send_at(linger))
                if self._news:
                    due.append(news_after)
                if due and min(due) <= now:
                    return True
                if self.closed.is_set():
                    return bool(due)
                self.outgoing.wait(min(due) - now if due else None)

    def _send_at(self, linger: float) -> float:
        added = min(report.added for report in self._reports)
        if self.stopping.is_set() or 0 < self.leasing_since <= added - linger:
            return added
        # Leasing takes them if it comes by soon.
        return max(added, self.leasing_since) + linger

    def take_news(self, most: int) -> List[Task]:
        """Tasks whose handlers have told something."""
        with self.lock:
            tasks = list(self._news.values())[:most]
            for task in tasks:
                del self._news[task.token]
                task.telling = True
            return tasks

    def news_sent(self, tasks: List[Task]) -> None:
        """The call with it has ended. Reports that waited go out, unless there is more to tell and a lease to report under."""
        now = time.monotonic()
        with self.lock:
            for task in tasks:
                task.telling = False
            waiting, self._behind_news = self._behind_news, []
            for report in waiting:
                owner = self._held.get(report.token)
                if owner is not None and owner.until > now and owner.context._has_news():
                    self._news[owner.token] = owner
                    self._behind_news.append(report)
                else:
                    self._reports.append(report)

    def news(self, token: str) -> None:
        with self.lock:
            task = self._held.get(token)
            if task is not None and token not in self._news:
                self._news[token] = task
                self.outgoing.notify()
