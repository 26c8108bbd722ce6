"""Client and worker of Mainstay, a background-job service.

A first worker::

    from mainstay import Worker

    worker = Worker(["images"])

    @worker.handler("resize")
    def resize(job):
        return {"width": job.payload["width"]}

    worker.run()
"""

from .client import BulkResult, Client
from .context import JobContext
from .errors import ApiError, ConnectionLost, JobNotFound, MainstayError
from .job import Job
from .outcomes import Fail, Retry, Snooze, Stopped
from .webhooks import InvalidSignature, Webhook
from .worker import Worker

__version__ = "0.1.0"

__all__ = [
    "ApiError",
    "BulkResult",
    "Client",
    "ConnectionLost",
    "Fail",
    "InvalidSignature",
    "Job",
    "JobContext",
    "JobNotFound",
    "MainstayError",
    "Retry",
    "Snooze",
    "Stopped",
    "Webhook",
    "Worker",
]
