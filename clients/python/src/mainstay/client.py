"""Adds jobs, asks about them."""

from __future__ import annotations

import dataclasses
import datetime as _dt
import ssl
import time
import uuid
from itertools import islice
from types import TracebackType
from typing import Any, Dict, Iterable, Iterator, List, Optional, Type, Union

from . import jsontext
from .calls import Calls
from .durations import DurationLike
from .http import Transport, segment
from .job import Job
from .schedules import Schedules
from .spec import job_spec

# Of one bulk request; more are sent in several.
_BULK = 1000
# Of one waiting request.
_LONGEST_WAIT_S = 50


@dataclasses.dataclass
class BulkResult:
    """What became of many jobs. ``failures`` has, for each that was refused, its ``index`` and the ``problem``."""

    created: int = 0
    existing: int = 0
    failures: List[Dict[str, Any]] = dataclasses.field(default_factory=list)


class Client:
    """Safe for use by several threads.

    Every call may be repeated without harm, and is, with growing pauses, while the service is away or says that it is busy
    (503, 429), for ``patience`` seconds.

    :param url: of the service; ``MAINSTAY_URL`` if absent, else ``http://localhost:8080``
    :param key: the API key (``ms_…``); ``MAINSTAY_KEY`` if absent
    :param decimals: numbers with a fraction come as exact ``Decimal`` instead of ``float``
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        patience: float = 30.0,
        decimals: bool = False,
        tls: Optional[ssl.SSLContext] = None,
    ) -> None:
        self._transport = Transport(url, key, tls)
        self._calls = Calls(self._transport, patience, decimals)
        #: Recurring jobs.
        self.schedules = Schedules(self._calls)

    def enqueue(
        self,
        queue: Optional[str],
        handler: Optional[str] = None,
        payload: Any = None,
        *,
        id: Optional[str] = None,  # noqa: A002
        idempotency_key: Optional[str] = None,
        delay: Optional[DurationLike] = None,
        run_at: Union[_dt.datetime, str, None] = None,
        priority: Optional[int] = None,
        max_attempts: Optional[int] = None,
        backoff: Optional[Dict[str, Any]] = None,
        timeout: Optional[DurationLike] = None,
        wait: float = 0,
        **more: Any,
    ) -> Job:
        """Adds a job and returns it as it was accepted, or, after ``wait`` seconds at most, as it ended.

        One call makes one job, however often it has to be sent. To make your own repeats of the call safe, too, give ``id``
        or ``idempotency_key``.

        :param queue: None for the queue that the handler was declared with
        :param more: further fields as in REST, such as ``uniqueKey``, ``within``, ``deadline``, ``group``, ``durability``, ``http``
        :raises ApiError: the service refused it, or was busy for too long
        :raises ConnectionLost: the service was not reached in time; the job may be there
        """
        spec = job_spec(
            handler,
            payload,
            id=id,
            delay=delay,
            run_at=run_at,
            priority=priority,
            max_attempts=max_attempts,
            backoff=backoff,
            timeout=timeout,
            **more,
        )
        headers = {}
        if id is None:
            headers["Idempotency-Key"] = idempotency_key or uuid.uuid4().hex
        elif idempotency_key is not None:
            raise ValueError("id or idempotency_key, not both")
        path = "/v1/jobs" if queue is None else f"{_queue(queue)}/jobs"
        return Job(self._calls.call("POST", path, spec, headers=headers, wait=min(wait, _LONGEST_WAIT_S)))

    def bulk(
        self, queue: str, jobs: Iterable[Dict[str, Any]], *, idempotency_key: Optional[str] = None
    ) -> BulkResult:
        """Adds many jobs, each a dict as in REST (``handler``, ``payload``, ``id``, …). ``jobs`` may be a generator.

        A job that is refused does not keep the others out.
        """
        key = idempotency_key or uuid.uuid4().hex
        total = BulkResult()
        for number, chunk in enumerate(_chunks(jobs, _BULK)):
            answer = self._calls.call(
                "POST",
                f"{_queue(queue)}/jobs/bulk?results=failed",
                text=b"".join(jsontext.dumps(job) + b"\n" for job in chunk),
                headers={"Idempotency-Key": f"{key}-{number}", "Content-Type": "application/x-ndjson"},
                wait=0,
            )
            total.created += answer["created"]
            total.existing += answer["existing"]
            for failure in answer["results"]:
                total.failures.append({**failure, "index": failure["index"] + number * _BULK})
        return total

    def get(self, queue: str, id: str) -> Job:  # noqa: A002
        """:raises JobNotFound: there is none"""
        return Job(self._calls.call("GET", _job(queue, id)))

    def wait(self, queue: str, id: str, timeout: float = 60.0) -> Job:  # noqa: A002
        """The job once it has ended.

        :raises TimeoutError: it has not within ``timeout`` seconds
        """
        end = time.monotonic() + timeout
        while True:
            left = max(0.0, end - time.monotonic())
            begun = time.monotonic()
            job = Job(self._calls.call("GET", _job(queue, id), wait=min(left, _LONGEST_WAIT_S)))
            if job.ended:
                return job
            if time.monotonic() >= end:
                raise TimeoutError(f"{queue}/{id} is {job.state} after {timeout} s")
            if time.monotonic() - begun < 0.5:
                # The service had no room to wait, or less than a second is left.
                time.sleep(min(0.5, max(0.0, end - time.monotonic())))

    def cancel(self, queue: str, id: str) -> Job:  # noqa: A002
        """A running job is cancelled at once; its handler hears of it within a second.

        :raises ApiError: 409 ``job-conflict``, it has succeeded or died
        """
        return Job(self._calls.call("DELETE", _job(queue, id)))

    def requeue(self, queue: str, id: str) -> Job:  # noqa: A002
        """Runs a job again that is dead or cancelled."""
        return Job(self._calls.call("POST", _job(queue, id) + "/requeue"))

    def explain(self, queue: str, id: str) -> Dict[str, Any]:  # noqa: A002
        """Why it does not run, or what it does."""
        return dict(self._calls.call("GET", _job(queue, id) + "/explain"))

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Any other call of the REST API, repeated like all: ``client.call("POST", "/v1/queues/mail/pause")``."""
        return self._calls.call(method, path, body)

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        value: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()


def _queue(queue: str) -> str:
    return f"/v1/queues/{segment(queue)}"


def _job(queue: str, id: str) -> str:  # noqa: A002
    return f"{_queue(queue)}/jobs/{segment(id)}"


def _chunks(jobs: Iterable[Dict[str, Any]], size: int) -> Iterator[List[Dict[str, Any]]]:
    iterator = iter(jobs)
    while True:
        chunk = list(islice(iterator, size))
        if not chunk:
            return
        yield chunk
