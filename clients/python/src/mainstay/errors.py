"""What a caller may have to catch."""

from __future__ import annotations

from typing import Any, Dict, Optional

_URN = "urn:mainstay:problem:"


class MainstayError(Exception):
    """Root of all errors of this package but :class:`Stopped`."""


class ConnectionLost(MainstayError):
    """The service could not be reached, or the connection broke before the answer came."""


class ApiError(MainstayError):
    """The service refused a request; what it said is in ``problem`` (RFC 9457)."""

    def __init__(self, status: int, problem: Dict[str, Any], retry_after: Optional[float] = None) -> None:
        self.status = status
        self.problem = problem
        #: Seconds after which the service wants to be asked again, if it said so.
        self.retry_after = retry_after
        super().__init__(f"{status} {self.type}: {self.detail}")

    @property
    def type(self) -> str:
        """Stable name of the problem, such as ``invalid-value``; empty if the answer was none of the service."""
        kind = str(self.problem.get("type", ""))
        return kind[len(_URN) :] if kind.startswith(_URN) else kind

    @property
    def detail(self) -> str:
        """For people."""
        return str(self.problem.get("detail") or self.problem.get("title") or "")

    @property
    def field(self) -> Optional[str]:
        """The field of the request that is to be corrected, if it is one."""
        field = self.problem.get("field")
        return None if field is None else str(field)

    @property
    def temporary(self) -> bool:
        """Whether the same request may succeed later. 502 and 504 come from proxies."""
        return self.status in (429, 502, 503, 504)


class JobNotFound(ApiError):
    """There is no such job: never enqueued, or deleted after its end."""
