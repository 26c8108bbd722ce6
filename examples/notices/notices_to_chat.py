"""Takes notices of Mainstay, checks their signatures and posts a line of text to a chat system.

    WEBHOOK_SECRET=whsec_... CHAT_URL=https://chat.example/hooks/... python3 notices_to_chat.py

Python 3.9 or newer, standard library only. What to configure: docs/notices.md.
"""
import base64
import collections
import hashlib
import hmac
import http.server
import json
import os
import time
import urllib.request

SECRET = base64.b64decode(os.environ["WEBHOOK_SECRET"].split("_", 1)[1])
CHAT_URL = os.environ["CHAT_URL"]
PORT = int(os.environ.get("PORT", "8090"))
SEEN = collections.deque(maxlen=1000)  # ids of notices that the chat system has taken


def signed(headers, body):
    """Whether body came from whoever has the secret, less than five minutes ago."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 300:
        return False
    digest = hmac.new(SECRET, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    # While secrets are exchanged there is a signature for each of them.
    return any(hmac.compare_digest(expected.encode(), one.encode())
               for one in headers.get("webhook-signature", "").split())


def text(notice):
    if notice["event"] == "dead":
        return (f"Job {notice['job']} in queue {notice['queue']} is dead: handler {notice['handler']}, "
                f"attempt {notice['attempts']}, {notice['errorType']}")
    return ", ".join(f"{key}: {value}" for key, value in notice.items() if key != "hook")


class Receiver(http.server.BaseHTTPRequestHandler):
    timeout = 10

    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 65536))
        self.send_response(self.take(body))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def take(self, body):
        if not signed(self.headers, body):
            return 401  # the notice is dead; requeue it when the secret is right
        message_id = self.headers["webhook-id"]
        if message_id not in SEEN:
            # Slack, Mattermost, Rocket.Chat and Google Chat take "text", Discord takes "content".
            message = json.dumps({"text": text(json.loads(body))}).encode()
            request = urllib.request.Request(CHAT_URL, message, {"Content-Type": "application/json"})
            try:
                urllib.request.urlopen(request, timeout=5).close()
            except OSError as problem:
                self.log_error("the chat system did not take it: %s", problem)
                return 503  # Mainstay sends it again
            SEEN.append(message_id)
        return 204


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("", PORT), Receiver).serve_forever()
