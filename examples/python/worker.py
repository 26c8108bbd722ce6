"""Runs jobs of the queue "images" until Ctrl-C."""

import logging

from mainstay import Fail, JobContext, Worker

logging.basicConfig(level=logging.INFO)
worker = Worker(["images"], concurrency=4)


@worker.handler("resize")
def resize(job: JobContext) -> object:
    width, height = job.payload["width"], job.payload["height"]
    if width <= 0 or height <= 0:
        # No further attempt would help. Any other exception has the job tried again.
        raise Fail(f"no size: {width} x {height}", type="bad-size")
    return {"width": width // 2, "height": height // 2}


worker.run()
