"""A small stand-in for the service: enough of its contract for the tests of this package."""

import json
import threading
import time
from collections import deque
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROBLEM = "urn:mainstay:problem:"


class FakeService:
    def __init__(self):
        self.changed = threading.Condition()
        self.jobs = {}
        self.keys = {}
        self.left = []
        self.leases = {}  # token -> job id
        self.lease_keys = {}
        self.lease_s = {}
        self.cancelled = set()
        self.lines = {}  # of logs, by their number
        self.events = []  # what happened to jobs, in order
        self.requests = []  # method, path, headers, body
        self.faults = deque()  # (path, fault): "lose", the answer gets lost; or a status
        self.drained = False
        self.unavailable = False
        self.result_limit = 1000
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def answer(self):
                service.handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *args):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass  # a client that went away

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    # What tests say

    def add(self, id, handler="echo", payload=None, queue="q", **more):
        with self.changed:
            self.jobs[id] = {
                "id": id, "queue": queue, "handler": handler, "state": "ready", "attempt": 0, "maxAttempts": 3,
                "priority": 4, "timeout": "PT5M", "payload": payload, "errors": [], **more,
            }  # fmt: skip
            self.changed.notify_all()

    def cancel(self, id):
        with self.changed:
            self.jobs[id]["state"] = "cancelled"
            self.drop(id)
            self.cancelled.add(id)
            self.changed.notify_all()

    def lose(self, id):
        with self.changed:
            self.drop(id)
            self.jobs[id]["state"] = "elsewhere"
            self.changed.notify_all()

    def drop(self, id):
        for token in [token for token, job in self.leases.items() if job == id]:
            del self.leases[token]
            self.lease_s[token] = 0

    def await_event(self, *event, seconds=5):
        return self.until(lambda: event in self.events, f"{event} in {self.events}", seconds)

    def until(self, holds, what="", seconds=5):
        end = time.monotonic() + seconds
        with self.changed:
            while not holds():
                if not self.changed.wait(max(0, end - time.monotonic())) and time.monotonic() >= end:
                    raise AssertionError(f"not within {seconds} s: {what}")

    def sent(self, path):
        with self.changed:
            return [request for request in self.requests if request[1].startswith(path)]

    # What callers get

    def handle(self, http):
        length = int(http.headers.get("Content-Length", 0))
        body = http.rfile.read(length)
        with self.changed:
            self.requests.append((http.command, http.path, dict(http.headers), body))
            fault = None
            if self.faults and http.path.startswith(self.faults[0][0]):
                fault = self.faults.popleft()[1]
            self.changed.notify_all()
        if isinstance(fault, int):
            self.send(http, fault, {"type": f"{PROBLEM}test-{fault}", "detail": "as asked"})
            return
        status, answer = self.respond(http, body)
        if fault == "lose":
            http.close_connection = True
            return
        self.send(http, status, answer)

    @staticmethod
    def send(http, status, answer):
        data = json.dumps(answer, default=number).encode() if answer is not None else b""
        http.send_response(status)
        http.send_header("Content-Length", str(len(data)))
        http.end_headers()
        http.wfile.write(data)

    def respond(self, http, body):
        path, wait = http.path, float(http.headers.get("Prefer", "wait=0").split("=")[1])
        if path == "/v1/leases":
            return 200, self.lease(json.loads(body), wait, http.headers["Idempotency-Key"])
        if path == "/v1/leases/report":
            return 200, {"reports": [self.report(report) for report in json.loads(body)["reports"]]}
        if path == "/v1/leases/extend":
            asked = json.loads(body)
            if asked.get("leaving"):
                self.left.append(asked["worker"])
            return 200, self.extend(asked["leases"], wait)
        if path.endswith("/jobs") and http.command == "POST":
            return self.enqueue(path.split("/")[3], json.loads(body), http.headers["Idempotency-Key"])
        if "/jobs/bulk" in path:
            specs = [json.loads(line) for line in body.splitlines()]
            for i, spec in enumerate(specs):
                self.enqueue(path.split("/")[3], spec, f"{http.headers['Idempotency-Key']}-{i}")
            return 200, {"created": len(specs), "existing": 0, "failed": 0, "results": []}
        return self.read(path.split("/")[5], http.command, wait)

    def enqueue(self, queue, spec, key):
        if spec["handler"] == "unknown":
            return 422, {"type": PROBLEM + "invalid-value", "detail": "no such handler", "field": "handler"}
        with self.changed:
            id = spec.get("id") or self.keys.get(key) or f"job-{len(self.jobs)}"
            new = id not in self.jobs
            self.keys[key] = id
        if new:
            self.add(queue=queue, **{**spec, "id": id})
        return (201 if new else 200), self.jobs[id]

    def read(self, id, method, wait):
        if id not in self.jobs:
            return 404, {"type": PROBLEM + "job-not-found", "detail": "no such job"}
        if method == "DELETE":
            self.cancel(id)
        end = time.monotonic() + wait
        with self.changed:
            while self.jobs[id]["state"] not in ("succeeded", "dead", "cancelled") and time.monotonic() < end:
                self.changed.wait(end - time.monotonic())
            return 200, dict(self.jobs[id])

    def lease(self, request, wait, key):
        reports = [self.report(report) for report in request.get("reports", ())]
        answer = {"jobs": [], "drain": False, **({"reports": reports} if reports else {})}
        end = time.monotonic() + wait
        with self.changed:
            tokens = self.lease_keys.get(key, [])
            while True:
                if self.drained:
                    return {**answer, "drain": True}
                tokens = tokens or self.claim(request, key)
                if tokens or time.monotonic() >= end:
                    break
                self.changed.wait(end - time.monotonic())
            for token in tokens:
                if token in self.leases:
                    lease = {"token": token, "fence": 1, "until": "", "remaining": int(self.lease_s[token] * 1000)}
                    answer["jobs"].append({**self.jobs[self.leases[token]], "lease": lease})
            return answer

    def claim(self, request, key):
        tokens = []
        for job in self.jobs.values():
            fits = job["handler"] in request["handlers"] and job["queue"] in request["queues"]
            if len(tokens) < request["max"] and job["state"] == "ready" and fits:
                job["state"] = "running"
                job["attempt"] += 1
                token = f"ls_{job['id']}_{job['attempt']}"
                self.leases[token] = job["id"]
                self.lease_s[token] = float(request["lease"][2:-1])
                tokens.append(token)
                self.events.append(("leased", job["id"]))
        self.lease_keys[key] = tokens
        self.changed.notify_all()
        return tokens

    def report(self, report):
        token, outcome = report["token"], report["outcome"]
        with self.changed:
            self.changed.notify_all()
            id = self.leases.get(token)
            if id is None:
                self.events.append(("refused", outcome))
                return {"token": token, "status": "lost"}
            if self.unavailable:
                self.events.append(("unavailable", id))
                return {"token": token, "status": "unavailable"}
            if len(json.dumps(report.get("result"))) > self.result_limit:
                self.events.append(("invalid", id))
                problem = {"type": PROBLEM + "payload-too-large", "detail": "too large"}
                return {"token": token, "status": "invalid", "problem": problem}
            job = self.jobs[id]
            job["state"] = {"success": "succeeded", "fail": "dead", "release": "ready"}.get(outcome, "scheduled")
            job["report"] = report
            if "result" in report:
                job["result"] = report["result"]
            self.drop(id)
            self.events.append((outcome, id))
            return {"token": token, "status": "applied", "state": job["state"]}

    def extend(self, leases, wait):
        end = time.monotonic() + wait
        with self.changed:
            for lease in leases:
                if lease["token"] in self.leases and (set(lease) - {"token"}):
                    for number, line in enumerate(lease.get("log", ()), lease.get("logFrom", 0)):
                        self.lines[number] = line
                    self.events.append(("told", lease.get("progress", {}).get("percent"), *lease.get("log", ())))
                    self.changed.notify_all()
            while True:
                answers = [self.extension(lease["token"]) for lease in leases]
                if any(answer["status"] != "held" for answer in answers) or time.monotonic() >= end:
                    return {"leases": answers, "drain": self.drained}
                self.changed.wait(end - time.monotonic())

    def extension(self, token):
        if token in self.leases:
            return {"token": token, "status": "held", "until": "", "remaining": int(self.lease_s[token] * 1000)}
        id = token.split("_")[1]
        return {"token": token, "status": "cancelled" if id in self.cancelled else "lost"}


def number(value):
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError
