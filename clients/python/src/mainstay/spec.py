"""The body of an enqueue."""

from __future__ import annotations

import datetime as _dt
from typing import Any, Dict, Optional, Union

from .durations import DurationLike, to_instant, to_iso


def job_spec(
    handler: Optional[str],
    payload: Any,
    *,
    delay: Optional[DurationLike] = None,
    run_at: Union[_dt.datetime, str, None] = None,
    max_attempts: Optional[int] = None,
    timeout: Optional[DurationLike] = None,
    **more: Any,
) -> Dict[str, Any]:
    """As REST wants it; what is None is left out. Durations and times among ``more`` may be Python's."""
    spec: Dict[str, Any] = {name: _plain(value) for name, value in more.items() if value is not None}
    if handler is not None:
        spec["handler"] = handler
    if payload is not None:
        spec["payload"] = payload
    if delay is not None:
        spec["delay"] = to_iso(delay)
    if run_at is not None:
        spec["runAt"] = to_instant(run_at)
    if max_attempts is not None:
        spec["maxAttempts"] = max_attempts
    if timeout is not None:
        spec["timeout"] = to_iso(timeout)
    return spec


def _plain(value: Any) -> Any:
    if isinstance(value, _dt.timedelta):
        return to_iso(value)
    if isinstance(value, _dt.datetime):
        return to_instant(value)
    return value
