"""Adds a job and waits for its end. Start worker.py beside it."""

from mainstay import Client

client = Client()
job = client.enqueue("images", "resize", {"width": 640, "height": 480}, id="photo-7", max_attempts=3)
print("accepted:", job)

job = client.wait("images", job.id, timeout=30)
print("ended:", job.state, job.result)
