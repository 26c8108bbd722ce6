"""Calls that are repeated until they are answered."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, Optional

from . import jsontext
from .backoff import Backoff
from .errors import ConnectionLost
from .http import Transport

# Besides the time that the service was asked to wait.
_ANSWER_S = 10.0


class Calls:
    """Requests that are safe to repeat, for at most ``patience`` seconds while the service is away or busy."""

    def __init__(
        self, transport: Transport, patience: float, decimals: bool, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._transport = transport
        self._patience = patience
        self._decimals = decimals
        self._sleep = sleep

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        text: Optional[bytes] = None,
        headers: Optional[Dict[str, str]] = None,
        wait: float = 0,
    ) -> Any:
        """The JSON of the answer, None if it has no body.

        :param text: the body, if it is no JSON value
        :param wait: seconds the service is asked to wait (``Prefer``)
        """
        data = text if text is not None else None if body is None else jsontext.dumps(body)
        all_headers = dict(headers or {})
        if wait >= 1:
            all_headers["Prefer"] = f"wait={int(wait)}"
        end = time.monotonic() + self._patience + wait
        backoff = Backoff()
        while True:
            asked: Optional[float] = None
            try:
                answer = self._transport.send(method, path, data, headers=all_headers, timeout=wait + _ANSWER_S)
                if answer.status < 300:
                    return answer.json(self._decimals) if answer.body else None
                error = answer.error()
                if not error.temporary:
                    raise error
                failure: Exception = error
                asked = error.retry_after
            except ConnectionLost as lost:
                failure = lost
            pause = backoff.next(asked)
            if time.monotonic() + pause > end:
                raise failure
            self._sleep(pause)
