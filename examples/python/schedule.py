"""A job every minute, and one now."""

from mainstay import Client, JobContext, Worker

worker = Worker(["reports"])


@worker.handler("report")
def report(job: JobContext) -> object:
    return {"about": job.payload["about"], "run": job.id}


# A handler is known to the service once a worker that has it was there; that is before its first job is added here.
worker.start(timeout=10)
client = Client()
client.schedules.put("sales-report", "* * * * *", "reports", "report", {"about": "sales"}, time_zone="Europe/Berlin")
print("next:", client.schedules.preview("sales-report", 3))

job = client.schedules.trigger("sales-report")
print("now:", client.wait("reports", job.id).result)

client.schedules.delete("sales-report")
worker.stop()
