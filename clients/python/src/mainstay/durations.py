"""Durations and times as the service writes them."""

from __future__ import annotations

import datetime as _dt
import re
from typing import Union

#: A timedelta, a number of seconds, or ISO-8601 such as "PT1M30S".
DurationLike = Union[_dt.timedelta, int, float, str]

_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE)


def to_iso(duration: DurationLike) -> str:
    """ISO-8601, in seconds, to the millisecond."""
    if isinstance(duration, str):
        return duration
    seconds = duration.total_seconds() if isinstance(duration, _dt.timedelta) else float(duration)
    text = f"{seconds:.3f}".rstrip("0").rstrip(".")
    return f"PT{text}S"


def to_seconds(duration: DurationLike) -> float:
    if isinstance(duration, _dt.timedelta):
        return duration.total_seconds()
    if not isinstance(duration, str):
        return float(duration)
    match = _ISO.fullmatch(duration)
    if match is None or duration[-1] in "PTpt":
        raise ValueError(f"no duration such as PT30S: {duration!r}")
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def to_instant(time: Union[_dt.datetime, str]) -> str:
    """ISO-8601 in UTC; a datetime needs a time zone, for a naive one could be anybody's."""
    if isinstance(time, str):
        return time
    if time.tzinfo is None:
        raise ValueError("a datetime without time zone: add tzinfo, such as datetime.timezone.utc")
    utc = time.astimezone(_dt.timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def from_instant(text: str) -> _dt.datetime:
    # fromisoformat knows "Z" from Python 3.11 on.
    return _dt.datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)
