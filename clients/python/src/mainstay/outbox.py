"""What is to be sent: reports, and what handlers told."""

from __future__ import annotations

import random
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Deque, Dict, List, Optional

from .reports import Report
from .task import Task, log

if TYPE_CHECKING:
    from .hub import Hub

# What a request may have.
_MOST_REPORTS = 200
# The service reads a body of 1 MiB at most.
_MOST_BYTES = 512 * 1024
# Before a report is sent again: doubled with each sending, half of it at random.
_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 2.0


class Outbox:
    """Part of the hub, under its lock. Methods that begin with ``_`` want the caller to hold it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._reports: Deque[Report] = deque()
        # To be sent again, once their time has come.
        self._later: List[Report] = []
        # Reports that wait until what their handler told was sent.
        self._behind_news: List[Report] = []
        self._news: Dict[str, Task] = {}

    def _add(self, task: Task, report: Optional[Report]) -> None:
        if report is None:
            self._hub._forget(task.token)
            return
        task.report = report
        self._hub.unsettled += task.token in self._hub._held
        report.added = time.monotonic()
        if task.telling or task.context._has_news():
            # Nobody listens to what is told after the report.
            self._behind_news.append(report)
            self._hub.outgoing.notify()
            return
        if not self._reports:
            self._hub.outgoing.notify()
        self._reports.append(report)

    def _ready(self) -> int:
        return min(len(self._reports), _MOST_REPORTS)

    def take_reports(self) -> List[Report]:
        """Those that are due, as many as one request may have, oldest first. They come back by settle or put_back."""
        taken: List[Report] = []
        size = 0
        with self._hub.lock:
            self._bring_back()
            while self._reports and len(taken) < _MOST_REPORTS:
                report = self._reports[0]
                if taken and size + len(report.text) > _MOST_BYTES:
                    break
                self._reports.popleft()
                if self._is_over(report):
                    log.warning("a report was not taken until its lease ended; the job will be run again")
                    self._hub._forget(report.token)
                    continue
                size += len(report.text) + 1
                taken.append(report)
        return taken

    def _bring_back(self) -> None:
        if self._later:
            now = time.monotonic()
            due = [report for report in self._later if report.added <= now or self._hub.closed.is_set()]
            self._later = [report for report in self._later if report not in due]
            self._reports.extendleft(due)

    def _is_over(self, report: Report) -> bool:
        # What was never sent is sent once in any case: the service knows better when a lease ends.
        task = self._hub._held.get(report.token)
        return report.tries > 0 and (task is None or task.until < time.monotonic())

    def put_back(self, reports: List[Report]) -> None:
        """They may not have been received, or could not be applied: they are sent again a little later."""
        with self._hub.lock:
            for report in reports:
                report.tries += 1
                pause = min(_LONGEST_PAUSE_S, _PAUSE_S * 2 ** min(report.tries, 10)) * random.uniform(0.5, 1.0)
                report.added = time.monotonic() + pause
                self._later.append(report)
            self._hub.outgoing.notify()

    def settle(self, reports: List[Report], answers: List[Dict[str, Any]]) -> None:
        """What the service said of each."""
        # What was left out of the answer is as good as not received.
        again = reports[len(answers) :]
        with self._hub.lock:
            for report, answer in zip(reports, answers):
                status = answer["status"]
                log.debug("report %s: %s", report.outcome, status)
                if status == "unavailable":
                    again.append(report)
                elif status == "invalid":
                    self._refused(report, answer.get("problem", {}))
                else:
                    if status == "lost":
                        log.warning("a report came too late and was refused: the job is not this worker's any more")
                    self._hub._forget(report.token)
            self._hub.freed()
        if again:
            self.put_back(again)

    def refused(self, report: Report, problem: Dict[str, Any]) -> None:
        with self._hub.lock:
            self._refused(report, problem)

    def _refused(self, report: Report, problem: Dict[str, Any]) -> None:
        log.error("report %s was refused: %s", report.outcome, problem.get("detail") or problem.get("title"))
        task = self._hub._held.get(report.token)
        other = report.instead(problem)
        if other is None or task is None:
            self._hub._forget(report.token)
            return
        task.report = None
        self._hub.unsettled -= 1
        self._add(task, other)

    def await_outgoing(self, linger: float, news_after: float) -> bool:
        """Waits until reports are not to be left to leasing any longer, or news are due. False: all is sent and it is the end."""
        with self._hub.lock:
            while True:
                now = time.monotonic()
                if self._behind_news:
                    return True
                due = []
                if self._reports:
                    due.append(self._send_at(linger))
                if self._later:
                    due.append(min(report.added for report in self._later))
                if self._news:
                    due.append(news_after)
                if due and min(due) <= now:
                    return True
                if self._hub.closed.is_set():
                    return bool(due)
                self._hub.outgoing.wait(min(due) - now if due else None)

    def _send_at(self, linger: float) -> float:
        added = self._reports[0].added
        if self._hub.stopping.is_set() or 0 < self._hub.leasing_since <= added - linger:
            return added
        # Leasing takes them if it comes by soon.
        return max(added, self._hub.leasing_since) + linger

    def take_news(self, most: int) -> List[Task]:
        """Tasks whose handlers have told something."""
        with self._hub.lock:
            tasks = list(self._news.values())[:most]
            for task in tasks:
                del self._news[task.token]
                task.telling = True
            return tasks

    def news_sent(self, tasks: List[Task]) -> None:
        """The call with it has ended. Reports that waited go out, unless there is more to tell and a lease to report under."""
        now = time.monotonic()
        with self._hub.lock:
            for task in tasks:
                task.telling = False
            waiting, self._behind_news = self._behind_news, []
            for report in waiting:
                owner = self._hub._held.get(report.token)
                if owner is not None and owner.until > now and owner.context._has_news():
                    self._news[owner.token] = owner
                    self._behind_news.append(report)
                else:
                    self._reports.append(report)

    def news(self, token: str) -> None:
        with self._hub.lock:
            task = self._hub._held.get(token)
            if task is not None and token not in self._news:
                self._news[token] = task
                self._hub.outgoing.notify()
