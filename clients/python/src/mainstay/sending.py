"""Brings reports to the service that leasing does not take along soon, and what handlers tell."""

from __future__ import annotations

import time
from typing import Any, Dict, List

from .backoff import Backoff
from .errors import ApiError, ConnectionLost
from .extending import MOST, Extending, is_hopeless
from .http import Transport
from .hub import Hub
from .reports import Report
from .task import Task, log

_ANSWER_S = 5.0
# For so long a report is left to leasing.
_LINGER_S = 0.005
# Between two calls with what handlers told.
_NEWS_EVERY_S = 0.5
# How long the end of a worker waits for the service to take reports.
_LAST_S = 5.0


class Sending:
    def __init__(self, hub: Hub, transport: Transport, extending: Extending) -> None:
        self._hub = hub
        self._transport = transport
        self._extending = extending
        self._news_after = 0.0
        self._backoff = Backoff(0.1, 2.0)
        self._failed = False

    def run(self) -> None:
        hub = self._hub
        give_up = float("inf")
        while hub.outbox.await_outgoing(_LINGER_S, self._news_after):
            if hub.closed.is_set():
                give_up = min(give_up, time.monotonic() + _LAST_S)
                if time.monotonic() > give_up:
                    log.warning("the worker ends although not all of its reports were taken")
                    return
            self._failed = False
            self._send_news()
            self._send_reports()
            if self._failed:
                time.sleep(self._backoff.next())
            else:
                self._backoff.reset()

    def _send_news(self) -> None:
        tasks = self._hub.outbox.take_news(MOST)
        if not tasks:
            self._hub.outbox.news_sent([])
            return
        news = {task.token: task.context._take_news() for task in tasks}
        try:
            self._extending.call(tasks, news)
        except (ConnectionLost, ApiError) as failure:
            self._failed = True
            if is_hopeless(failure):
                log.error("what handlers told was refused: %s", failure)
            else:
                self._keep(tasks, news)
                return
        self._news_after = time.monotonic() + _NEWS_EVERY_S
        self._hub.outbox.news_sent(tasks)
        for task in tasks:
            if task.context._has_news():
                self._hub.outbox.news(task.token)

    def _keep(self, tasks: List[Task], news: Dict[str, Dict[str, Any]]) -> None:
        for task in tasks:
            task.context._put_back(news[task.token])
            self._hub.outbox.news(task.token)
        self._hub.outbox.news_sent(tasks)

    def _send_reports(self) -> None:
        reports = self._hub.outbox.take_reports()
        if reports:
            self._send(reports)

    def _send(self, reports: List[Report]) -> None:
        body = b'{"reports":[' + b",".join(report.text for report in reports) + b"]}"
        try:
            answer = self._transport.send("POST", "/v1/leases/report", body, timeout=_ANSWER_S)
        except ConnectionLost as lost:
            log.warning("reports could not be sent, sending them again: %s", lost)
            self._again(reports)
            return
        if answer.status == 200:
            self._hub.outbox.settle(reports, answer.json()["reports"])
            return
        error = answer.error()
        if error.temporary or error.status in (401, 403):
            log.warning("reports were not taken, sending them again: %s", error)
            self._again(reports)
        elif len(reports) == 1:
            self._hub.outbox.refused(reports[0], error.problem)
        else:
            # One of them spoils the request: each alone.
            for report in reports:
                self._send([report])

    def _again(self, reports: List[Report]) -> None:
        self._failed = True
        self._hub.outbox.put_back(reports)
