"""POSTs at a constant rate, each at its own moment, whether the ones before it were answered or not."""

import json
import selectors
import socket
import time
from collections import deque

from .load import request_bytes
from .processes import BenchError

CONNECTIONS = 50


def post_paced(port, path, body, times, per_second):
    """Every answer must be 201. Returns the whole milliseconds at which each job was sent, by its id."""
    request = request_bytes(path, body)
    connections = [_Connection(port) for _ in range(CONNECTIONS)]
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        start, sent = time.monotonic(), 0
        while sent < times or any(connection.sent_at for connection in connections):
            passed = time.monotonic() - start
            while sent < times and sent / per_second <= passed:
                connections[sent % CONNECTIONS].send(request)
                sent += 1
            wait = max(0.0, sent / per_second - passed) if sent < times else 1
            for key, _ in selector.select(wait):
                key.data.read()
            if passed > times / per_second + 60:
                raise BenchError(f"invalid run: {times} jobs at {per_second} a second took more than {passed:.0f} s")
    answers = [answer for connection in connections for answer in connection.close()]
    return {json.loads(job)["id"]: millis for millis, job in answers}


class _Connection:
    """Requests and answers in turn; several may be under way."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = deque()
        self._answers = []
        self._read = b""

    def send(self, request):
        # Whole milliseconds, rounded down like the times they are compared with; Redis has the same clock.
        self.sent_at.append(int(time.time() * 1000))
        self.socket.sendall(request)

    def read(self):
        """Takes what has come; the jobs are read from it later, when time is no matter."""
        received = self.socket.recv(65536)
        if not received:
            raise BenchError("invalid run: the service closed a connection")
        self._read += received
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end].lower()
            if b" 201 " not in head[:16]:
                raise BenchError(f"invalid run, an enqueue gave {self._read[:500]!r}")
            end += 4 + int(head.partition(b"content-length:")[2].split(b"\r", 1)[0])
            if len(self._read) < end:
                return
            self._answers.append((self.sent_at.popleft(), self._read[len(head) + 4 : end]))
            self._read = self._read[end:]

    def close(self):
        self.socket.close()
        return self._answers
