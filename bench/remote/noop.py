"""A worker of the Python SDK whose jobs do nothing; leases and reports fifty at a time."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "clients" / "python" / "src"))

from mainstay import Worker  # noqa: E402

worker = Worker(["bench"], url=sys.argv[1], name="bench-python", concurrency=50)


@worker.handler("noop")
def noop(job):
    pass


worker.run()
