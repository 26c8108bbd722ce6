"""The shop of docs/coming-from.md for users of Celery: tasks, retries, an ETA, a beat schedule, results. Worker and client in one."""

from mainstay import Client, JobContext, Retry, Worker

worker = Worker(["shop-py"])


@worker.handler("welcome-py")  # @app.task(bind=True, max_retries=4)
def welcome(job: JobContext) -> object:
    if job.attempt == 1:
        raise Retry(0.1, "the mail server is busy")  # raise self.retry(countdown=0.1)
    return f"mail to {job.payload['to']} (attempt {job.attempt})"


@worker.handler("report-py")  # @app.task
def report(job: JobContext) -> object:
    return "1 signup"


client = Client()
for handler in ("welcome-py", "report-py", "remind-py"):
    client.call("PUT", f"/v1/handlers/{handler}", {"queue": "shop-py", "maxAttempts": 5})
worker.start()

# welcome.delay("ada@example.org").get(timeout=30)
job = client.enqueue("shop-py", "welcome-py", {"to": "ada@example.org"})
print("welcome:", client.wait("shop-py", job.id, timeout=30).result)

# remind.apply_async(("ada",), countdown=86400); Celery has no unique tasks of its own
first = client.enqueue("shop-py", "remind-py", {"who": "ada"}, delay=86400, uniqueKey="remind-ada")
second = client.enqueue("shop-py", "remind-py", {"who": "ada"}, delay=86400, uniqueKey="remind-ada")
print("reminder:", first.state, "one job" if first.id == second.id else "two jobs")

# app.control.revoke(result.id)
print("reminder:", client.cancel("shop-py", first.id).state)

# app.conf.beat_schedule = {"report": {"task": "report", "schedule": crontab(hour=2, minute=30)}}
client.schedules.put("shop-report-py", "30 2 * * *", "shop-py", "report-py", time_zone="Europe/Berlin")
job = client.schedules.trigger("shop-report-py")
print("report:", client.wait("shop-py", job.id, timeout=30).result)

client.schedules.delete("shop-report-py")
worker.stop()
