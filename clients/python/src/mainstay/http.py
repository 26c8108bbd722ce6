"""HTTP 1.1 over connections that are kept alive. Safe for use by several threads."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import threading
from typing import Any, Dict, List, Optional, Tuple
from urllib.parse import quote, urlsplit

from . import jsontext
from .errors import ApiError, ConnectionLost, JobNotFound

_DEFAULT_URL = "http://localhost:8080"
_USER_AGENT = "mainstay-python/0.1.0"
# More than that are closed after use.
_MOST_IDLE = 16


class Answer:
    """Status and body of an answer."""

    __slots__ = ("status", "body", "retry_after")

    def __init__(self, status: int, body: bytes, retry_after: Optional[str]) -> None:
        self.status = status
        self.body = body
        self.retry_after = _seconds(retry_after)

    def json(self, decimals: bool = False) -> Any:
        try:
            return jsontext.loads(self.body, decimals)
        except ValueError as bad:
            raise ConnectionLost(f"an answer that is no JSON, status {self.status}") from bad

    def error(self) -> ApiError:
        try:
            problem = jsontext.loads(self.body)
        except ValueError:
            problem = None
        if not isinstance(problem, dict):
            problem = {"title": "no answer of Mainstay", "status": self.status}
        kind = JobNotFound if str(problem.get("type", "")).endswith(":job-not-found") else ApiError
        return kind(self.status, problem, self.retry_after)


class Abort:
    """Ends one request from another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: Optional[socket.socket] = None
        self.fired = False

    def fire(self) -> None:
        with self._lock:
            self.fired = True
            if self._socket is not None:
                _shut(self._socket)

    def _watch(self, sock: Optional[socket.socket]) -> None:
        with self._lock:
            self._socket = sock
            if self.fired and sock is not None:
                _shut(sock)


def _shut(sock: socket.socket) -> None:
    try:
        # Of the class, for SSLSocket.shutdown would take its TLS away from the thread that reads.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    except OSError:
        pass


class Transport:
    """
    :param url: of the service; ``MAINSTAY_URL`` if absent, else ``http://localhost:8080``
    :param key: the API key (``ms_…``); ``MAINSTAY_KEY`` if absent
    :param tls: for ``https``, if the default context does not do
    """

    def __init__(
        self, url: Optional[str] = None, key: Optional[str] = None, tls: Optional[ssl.SSLContext] = None
    ) -> None:
        self.url = (url or os.environ.get("MAINSTAY_URL") or _DEFAULT_URL).rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"no http or https URL: {self.url!r}")
        if parts.username is not None or parts.query or parts.fragment:
            raise ValueError("the URL may have scheme, host, port and path only; give the key as a parameter")
        self._host = parts.hostname
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._prefix = parts.path
        self._tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self._headers = {"User-Agent": _USER_AGENT, "Accept": "application/json"}
        key = key or os.environ.get("MAINSTAY_KEY")
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._lock = threading.Lock()
        self._idle: List[http.client.HTTPConnection] = []
        self._closed = False

    def send(
        self,
        method: str,
        path: str,
        body: Optional[bytes] = None,
        *,
        headers: Optional[Dict[str, str]] = None,
        timeout: float = 10.0,
        abort: Optional[Abort] = None,
    ) -> Answer:
        """Sends a request that may be repeated: after a broken kept-alive connection it is, once, at once.

        :raises ConnectionLost: no whole answer came within ``timeout``
        """
        all_headers = dict(self._headers)
        if body is not None:
            all_headers["Content-Type"] = "application/json"
        all_headers.update(headers or {})
        while True:
            connection, used = self._take(timeout)
            try:
                answer, keep = self._exchange(connection, method, self._prefix + path, body, all_headers, abort)
            except (OSError, http.client.HTTPException) as lost:
                connection.close()
                aborted = abort is not None and abort.fired
                if used and not aborted and _gone_before_it_was_read(lost):
                    # The service closed it while it was idle; what else is idle is as old.
                    self._drop_idle()
                    continue
                raise ConnectionLost(f"{method} {path}: {type(lost).__name__}: {lost}") from lost
            except BaseException:
                connection.close()
                raise
            if keep:
                self._give_back(connection)
            else:
                connection.close()
            return answer

    def close(self) -> None:
        """Closes idle connections; those in use are closed after their answer."""
        with self._lock:
            self._closed = True
        self._drop_idle()

    @staticmethod
    def _exchange(
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: Optional[bytes],
        headers: Dict[str, str],
        abort: Optional[Abort],
    ) -> Tuple[Answer, bool]:
        if connection.sock is None:
            connection.connect()
        if abort is not None:
            abort._watch(connection.sock)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.read(), response.getheader("Retry-After"))
            return answer, not response.will_close
        finally:
            if abort is not None:
                abort._watch(None)

    def _take(self, timeout: float) -> Tuple[http.client.HTTPConnection, bool]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is not None:
            connection.timeout = timeout
            if connection.sock is not None:
                connection.sock.settimeout(timeout)
            return connection, True
        if self._tls is not None:
            return http.client.HTTPSConnection(self._host, self._port, timeout=timeout, context=self._tls), False
        return http.client.HTTPConnection(self._host, self._port, timeout=timeout), False

    def _give_back(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            if not self._closed and len(self._idle) < _MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _drop_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def _gone_before_it_was_read(lost: Exception) -> bool:
    return isinstance(lost, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError, ssl.SSLEOFError))


def _seconds(retry_after: Optional[str]) -> Optional[float]:
    if retry_after is None or not retry_after.strip().isdigit():
        return None
    return min(float(retry_after), 3600.0)


def segment(name: str) -> str:
    """As one segment of a path."""
    # A bare dot segment would be taken for a step in the path.
    return quote(name, safe="~") if name not in (".", "..") else name.replace(".", "%2E")
