"""The conformance worker of the Python SDK, see ../conformance/README.md."""

import logging
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "src"))

from mainstay import Client, Fail, JobContext, Retry, Snooze, Stopped, Worker  # noqa: E402

logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(threadName)s %(message)s")

client = Client()
worker = Worker(
    [os.environ["MAINSTAY_QUEUE"]],
    name=os.environ["MAINSTAY_WORKER"],
    concurrency=int(os.environ["MAINSTAY_CONCURRENCY"]),
    lease=os.environ["MAINSTAY_LEASE"],
    grace=float(os.environ["MAINSTAY_GRACE"]),
    decimals=True,
)


@worker.handler("echo")
def echo(job: JobContext) -> object:
    return job.payload


@worker.handler("fail-then-succeed")
def fail_then_succeed(job: JobContext) -> object:
    if job.attempt <= job.payload["failures"]:
        raise Retry(message=f"attempt {job.attempt}", type="Flaky")
    return {"attempt": job.attempt}


@worker.handler("fail")
def fail(job: JobContext) -> object:
    raise Fail(job.payload["message"], type="no-stock")


@worker.handler("snooze-once")
def snooze_once(job: JobContext) -> object:
    if job.snoozes == 0:
        raise Snooze(job.payload["ms"] / 1000)
    return {"snoozes": job.snoozes}


@worker.handler("progress")
def progress(job: JobContext) -> object:
    steps = job.payload["steps"]
    for step in range(1, steps + 1):
        job.sleep(job.payload["ms"] / 1000)
        job.progress(100 * step // steps, f"step {step} of {steps}")
        job.log(f"step {step}")
    return {"steps": steps}


@worker.handler("sleep")
def sleep(job: JobContext) -> object:
    job.sleep(job.payload["ms"] / 1000)
    return {"attempt": job.attempt}


@worker.handler("cancellable")
def cancellable(job: JobContext) -> object:
    try:
        job.sleep(job.payload["ms"] / 1000)
    except Stopped as stopped:
        if stopped.reason != "shutdown":
            client.enqueue(job.payload["tell"], "echo", {"why": stopped.reason}, id=f"told-{job.id}")
        raise
    return None


@worker.handler("big-result")
def big_result(job: JobContext) -> object:
    return "x" * job.payload["bytes"]


worker.run()
