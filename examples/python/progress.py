"""A job that tells how far it is, and stops when it is cancelled. Runs for some seconds, as client and worker in one."""

import time

from mainstay import Client, JobContext, Worker

worker = Worker(["imports"])


@worker.handler("import")
def import_pages(job: JobContext) -> object:
    pages = job.payload["pages"]
    for page in range(1, pages + 1):
        job.sleep(0.5)  # the work; raises Stopped when the job is cancelled
        job.progress(100 * page // pages, f"{page} of {pages} pages")
        job.log(f"page {page} is done")
    return {"pages": pages}


client = Client()
# Known from now on; a worker's handlers are known a few seconds after it came.
client.call("PUT", "/v1/handlers/import", {"queue": "imports"})
worker.start()
first = client.enqueue("imports", "import", {"pages": 6})
second = client.enqueue("imports", "import", {"pages": 600})

while not (job := client.get("imports", first.id)).ended:
    print(job.state, job.progress)
    time.sleep(1)
print(job.state, job.result)

print("cancelled:", client.cancel("imports", second.id).state)
worker.stop()
