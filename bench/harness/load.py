"""HTTP load: wrk where the rate is the question, a loader that sends an exact number where it is not."""

import http.client
import json
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .plan import compact
from .processes import BenchError, run

SCRIPT = Path(__file__).resolve().parent / "post.lua"


@dataclass(frozen=True)
class Load:
    answers: int
    per_second: float
    p50_ms: float
    p99_ms: float


def post_for(seconds, port, path, body, connections, key=None):
    """POSTs the same body, one at a time on each connection, for so many seconds; with a key or without."""
    command = ["wrk", "-t", 1, "-c", connections, "-d", f"{seconds}s", "-s", SCRIPT, f"http://127.0.0.1:{port}{path}"]
    printed = run(command, "wrk", seconds + 30, env=os.environ | {"BENCH_BODY": compact(body), "BENCH_KEY": key or ""})
    summary = json.loads(printed.rpartition("\nbench ")[2])
    if summary["refused"] or summary["broken"] or not summary["answers"]:
        raise BenchError(f"invalid run, refused requests or broken connections: {summary}")
    per_second = summary["answers"] / summary["micros"] * 1_000_000
    return Load(summary["answers"], per_second, summary["p50"] / 1000, summary["p99"] / 1000)


def post_exactly(times, port, path, body):
    """POSTs the same body so many times, pipelined; every answer must be 201."""
    _post_all(port, [request_bytes(path, body)] * times)


def post_everywhere(port, paths, body):
    """POSTs the same body once to each path, pipelined; every answer must be 201."""
    _post_all(port, [request_bytes(path, body) for path in paths])


def _post_all(port, requests, connections=10, depth=50):
    with ThreadPoolExecutor(connections) as pool:
        # A list, so that a failure of any of them is seen.
        list(pool.map(lambda first: _post_share(port, requests[first::connections], depth), range(connections)))


def post_bulk(connections, requests, jobs, port, path, body):
    """
    POSTs requests of so many jobs each as NDJSON, so many one after the other on each connection; every job must be new. Returns jobs
    per second.
    """
    lines = (compact(body) + "\n").encode() * jobs
    begin = time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        # A list, so that a failure of any of them is seen.
        list(pool.map(lambda _: _post_bulk_share(requests, jobs, port, path, lines), range(connections)))
    return connections * requests * jobs / (time.monotonic() - begin)


def _post_bulk_share(requests, jobs, port, path, lines):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(requests):
        connection.request("POST", f"{path}?results=failed", lines, {"Content-Type": "application/x-ndjson"})
        answer = connection.getresponse()
        told = answer.read()
        if answer.status != 200 or json.loads(told)["created"] != jobs:
            raise BenchError(f"invalid run, a bulk request gave {answer.status}: {told[:500]!r}")
    connection.close()


def request_bytes(path, body):
    """The whole request, ready to be sent."""
    text = compact(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(text)}"
    return head.encode() + b"\r\n\r\n" + text


def _post_share(port, requests, depth):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection, connection.makefile("rb") as answers:
        for begin in range(0, len(requests), depth):
            batch = requests[begin : begin + depth]
            connection.sendall(b"".join(batch))
            for _ in batch:
                _read_created(answers)


def _read_created(answers):
    status = answers.readline()
    length = 0
    while (line := answers.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = answers.read(length)
    if status.split()[1:2] != [b"201"]:
        raise BenchError(f"invalid run, an enqueue gave {status!r}: {body[:500]!r}")
