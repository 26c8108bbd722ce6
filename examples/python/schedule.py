"""A job every minute, and one now."""

from mainstay import Client, JobContext, Worker

worker = Worker(["reports"])


@worker.handler("report")
def report(job: JobContext) -> object:
    return {"about": job.payload["about"], "run": job.id}


client = Client()
# Known from now on; a worker's handlers are known a few seconds after it came.
client.call("PUT", "/v1/handlers/report", {"queue": "reports"})
worker.start()
client.schedules.put("sales-report", "* * * * *", "reports", "report", {"about": "sales"}, time_zone="Europe/Berlin")
print("next:", client.schedules.preview("sales-report", 3))

job = client.schedules.trigger("sales-report")
print("now:", client.wait("reports", job.id).result)

client.schedules.delete("sales-report")
worker.stop()
