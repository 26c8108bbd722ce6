"""Jobs that recur by cron."""

from __future__ import annotations

import uuid
from typing import Any, Dict, Iterator, List, Optional
from urllib.parse import quote

from .calls import Calls
from .errors import ApiError
from .http import segment
from .job import Job
from .spec import job_spec


class Schedules:
    """``client.schedules``. A schedule is a dict as in REST."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def put(
        self,
        name: str,
        cron: str,
        queue: str,
        handler: Optional[str] = None,
        payload: Any = None,
        *,
        time_zone: Optional[str] = None,
        misfire: Optional[str] = None,
        job: Optional[Dict[str, Any]] = None,
        **more: Any,
    ) -> Dict[str, Any]:
        """Makes the schedule or changes it; the same again changes nothing, so it may be part of every start.

        :param time_zone: of IANA, such as ``Europe/Berlin``; UTC if absent
        :param job: further fields of its jobs, as in REST, such as ``{"maxAttempts": 3}``
        :param more: further fields of the schedule, as in REST, such as ``gap``, ``overlap``, ``misfireLimit``
        """
        body: Dict[str, Any] = {
            **more,
            "cron": cron,
            "queue": queue,
            "job": {**(job or {}), **job_spec(handler, payload)},
        }
        if time_zone is not None:
            body["timeZone"] = time_zone
        if misfire is not None:
            body["misfire"] = misfire
        return dict(self._calls.call("PUT", _path(name), body))

    def get(self, name: str) -> Optional[Dict[str, Any]]:
        """None if there is none."""
        try:
            return dict(self._calls.call("GET", _path(name)))
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def list(self) -> Iterator[Dict[str, Any]]:
        """All of them, page by page."""
        cursor = ""
        while True:
            page = self._calls.call("GET", "/v1/schedules" + cursor)
            yield from page["schedules"]
            if "next" not in page:
                return
            cursor = "?cursor=" + quote(str(page["next"]), safe="")

    def preview(self, name: str, count: int = 10) -> List[str]:
        """The next times it runs."""
        return list(self._calls.call("GET", f"{_path(name)}/preview?count={count}")["runs"])

    def trigger(self, name: str, *, idempotency_key: Optional[str] = None) -> Job:
        """Adds one of its jobs now, beside its runs."""
        key = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        return Job(self._calls.call("POST", _path(name) + "/trigger", headers=key))

    def pause(self, name: str) -> None:
        self._calls.call("POST", _path(name) + "/pause")

    def resume(self, name: str) -> None:
        self._calls.call("POST", _path(name) + "/resume")

    def delete(self, name: str) -> None:
        """Jobs that it made stay. No error if there is none."""
        self._calls.call("DELETE", _path(name))


def _path(name: str) -> str:
    return f"/v1/schedules/{segment(name)}"
