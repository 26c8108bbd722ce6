"""The shop of docs/coming-from.md for users of Cloud Tasks: jobs are requests to a service of yours. Receiver and client in one.

Mainstay calls only allowed URLs: MAINSTAY_HTTP_ALLOW=http://127.0.0.1:8099 examples/quickstart
"""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mainstay import Client

QUEUE = "shop-http"


class Shop(BaseHTTPRequestHandler):
    """What Cloud Tasks would call: 2xx ends the task, 503 has it tried again."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        attempt = int(self.headers["Mainstay-Attempt"])  # X-CloudTasks-TaskRetryCount is one less
        if self.path == "/welcome" and attempt == 1:
            self.answer(503, {"error": "the mail server is busy"})
        elif self.path == "/welcome":
            self.answer(200, f"mail to {body['to']} (attempt {attempt})")
        else:
            self.answer(200, "1 signup")

    def answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


receiver = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("SHOP_PORT", "8099"))), Shop)
threading.Thread(target=receiver.serve_forever, daemon=True).start()
shop = f"http://127.0.0.1:{receiver.server_port}"
client = Client()


def task(path: str, body: object) -> dict:
    return {"handler": "http", "http": {"url": shop + path, "method": "POST", "body": body}}


def add(job: dict) -> dict:
    return client.call("POST", f"/v1/queues/{QUEUE}/jobs", job)


# client.create_task(parent, {"http_request": {"url": …, "body": …}})
job = add({**task("/welcome", {"to": "ada@example.org"}), "backoff": {"type": "fixed", "delay": "PT0.1S"}})
print("welcome:", client.wait(QUEUE, job["id"], timeout=30).result["body"])

# schedule_time, and a task name, which keeps a second task of the same name out
reminder = {**task("/remind", {"who": "ada"}), "delay": "P1D", "uniqueKey": "remind-ada"}
first, second = add(reminder), add(reminder)
print("reminder:", first["state"], "one job" if first["id"] == second["id"] else "two jobs")

# client.delete_task(name)
print("reminder:", client.cancel(QUEUE, first["id"]).state)

# Cloud Scheduler
client.call(
    "PUT",
    "/v1/schedules/shop-report-http",
    {"cron": "30 2 * * *", "timeZone": "Europe/Berlin", "queue": QUEUE, "job": task("/report", {})},
)
job = client.schedules.trigger("shop-report-http")
print("report:", client.wait(QUEUE, job.id, timeout=30).result["body"])
client.schedules.delete("shop-report-http")
