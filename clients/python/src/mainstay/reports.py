"""What is said of a job when its attempt is over."""

from __future__ import annotations

import traceback
from typing import Any, Dict, Optional

from . import jsontext
from .durations import to_iso
from .outcomes import Fail, Outcome, Retry, Snooze

_LONGEST_TYPE = 100
_LONGEST_MESSAGE = 1000
_LONGEST_STACK = 16 * 1024


class Report:
    """One report, ready to be sent; ``text`` is its JSON."""

    __slots__ = ("token", "outcome", "text", "added", "tries", "replaced")

    def __init__(self, token: str, outcome: str, fields: bytes = b"") -> None:
        self.token = token
        self.outcome = outcome
        self.text = b'{"token":"%b","outcome":"%b"%b}' % (token.encode(), outcome.encode(), fields)
        #: From when on it is to be sent, by time.monotonic().
        self.added = 0.0
        #: How often it was sent without an answer that settles it.
        self.tries = 0
        #: Whether it is there because the service refused another one.
        self.replaced = False

    def instead(self, problem: Dict[str, Any]) -> Optional[Report]:
        """What to report after the service refused this one for what it says; None: nothing more."""
        if self.replaced:
            return None
        too_large = str(problem.get("type", "")).endswith(("payload-too-large", "body-too-large"))
        message = str(problem.get("detail") or problem.get("title") or "")
        if self.outcome == "success" and too_large:
            other = _error(self.token, "fail", "result-too-large", message)
        else:
            other = _error(self.token, "retry", "report-refused", message)
        other.replaced = True
        return other


def success(token: str, result: Any) -> Report:
    """:raises TypeError, ValueError: the result is no JSON"""
    return Report(token, "success", b"" if result is None else b',"result":' + jsontext.dumps(result))


def release(token: str) -> Report:
    return Report(token, "release")


def of_exception(token: str, raised: BaseException) -> Report:
    """For what a handler raised."""
    try:
        return _of_exception(token, raised)
    except Exception as bad:  # noqa: BLE001 - a Snooze without a delay, say
        return _of_exception(token, bad)


def _of_exception(token: str, raised: BaseException) -> Report:
    if isinstance(raised, Snooze):
        return Report(token, "snooze", _delay(raised.delay))
    if isinstance(raised, Fail):
        return _error(token, "fail", raised.type, raised.message)
    if isinstance(raised, Retry):
        delay = b"" if raised.delay is None else _delay(raised.delay)
        return _error(token, "retry", raised.type, raised.message, more=delay)
    if isinstance(raised, Outcome):
        return _error(token, "retry", type(raised).__name__, str(raised))
    return _error(token, "retry", _type_name(raised), _text(raised), stack=_stack(raised))


def _delay(delay: Any) -> bytes:
    return b',"delay":' + jsontext.dumps(to_iso(delay))


def _error(token: str, outcome: str, kind: str, message: str, *, stack: str = "", more: bytes = b"") -> Report:
    error = {"type": kind[:_LONGEST_TYPE] or "error", "message": message[:_LONGEST_MESSAGE]}
    if stack:
        error["stack"] = stack
    return Report(token, outcome, b',"error":' + jsontext.dumps(error) + more)


def _type_name(raised: BaseException) -> str:
    kind = type(raised)
    name = kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    return name[-_LONGEST_TYPE:]


def _text(raised: BaseException) -> str:
    try:
        return str(raised)
    except Exception:  # noqa: BLE001 - whatever its __str__ does, the job is to be reported
        return ""


def _stack(raised: BaseException) -> str:
    text = "".join(traceback.format_exception(type(raised), raised, raised.__traceback__))
    # The end says most.
    return text.encode("utf-8", "replace")[-_LONGEST_STACK:].decode("utf-8", "ignore")
