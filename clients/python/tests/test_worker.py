import threading
import time
import unittest
from decimal import Decimal

from mainstay import ApiError, Fail, Retry, Snooze, Stopped, Worker

from .fake_service import FakeService


class WorkerTest(unittest.TestCase):
    def setUp(self):
        self.service = FakeService()
        self.addCleanup(self.service.close)
        self.told = []

    def start(self, handlers, **options):
        worker = Worker(["q"], url=self.service.url, **{"concurrency": 4, "grace": 1, **options})
        for name, function in handlers.items():
            worker.handler(name)(function)
        worker.start()
        self.addCleanup(worker.stop, 0)
        return worker

    def test_a_result_is_reported_with_every_digit(self):
        self.service.add("a", payload={"n": 9007199254740993, "t": "żółć 🚀"})
        self.start({"echo": lambda job: job.payload}, decimals=True)

        self.service.await_event("success", "a")
        self.assertEqual({"n": 9007199254740993, "t": "żółć 🚀"}, self.service.jobs["a"]["result"])

    def test_jobs_that_come_later_are_run(self):
        self.start({"echo": lambda job: [job.id, Decimal("1.50")]})
        for id in ("a", "b", "c"):
            self.service.add(id)
            self.service.await_event("success", id)
        self.assertEqual(["c", 1.5], self.service.jobs["c"]["result"])

    def test_what_a_handler_raises_is_reported(self):
        def fails(job):
            raise {"value": ValueError("no number"), "retry": Retry(5, "busy", type="Busy"), "fail": Fail("none left"),
                   "snooze": Snooze(60), "bad": Snooze(object())}[job.payload]  # fmt: skip

        for kind in ("value", "retry", "fail", "snooze", "bad"):
            self.service.add(kind, "fails", kind)
        self.service.add("nojson", "nojson")
        self.service.add("returned", "returned")
        self.start({"fails": fails, "nojson": lambda job: object(), "returned": lambda job: Snooze(1)})

        for event in [("retry", "value"), ("retry", "retry"), ("fail", "fail"), ("snooze", "snooze"), ("retry", "bad"),
                      ("retry", "nojson"), ("snooze", "returned")]:  # fmt: skip
            self.service.await_event(*event)
        report = self.service.jobs["value"]["report"]
        self.assertEqual(("ValueError", "no number"), (report["error"]["type"], report["error"]["message"]))
        self.assertIn("in fails", report["error"]["stack"])
        self.assertEqual("PT5S", self.service.jobs["retry"]["report"]["delay"])
        self.assertEqual("Busy", self.service.jobs["retry"]["report"]["error"]["type"])
        self.assertEqual("PT60S", self.service.jobs["snooze"]["report"]["delay"])

    def test_no_more_run_at_a_time_than_said(self):
        running, most, lock = [0], [0], threading.Lock()

        def count(job):
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            time.sleep(0.005)
            with lock:
                running[0] -= 1

        for i in range(100):
            self.service.add(f"job-{i}", "count")
        self.start({"count": count})
        self.service.until(lambda: all(job["state"] == "succeeded" for job in self.service.jobs.values()))
        self.assertEqual(4, most[0])
        self.assertEqual(100, len([event for event in self.service.events if event[0] == "success"]))

    def test_jobs_of_a_lost_answer_are_run_once(self):
        self.service.faults.append(("/v1/leases", "lose"))
        self.service.add("a")
        self.start({"echo": lambda job: 1})

        self.service.await_event("success", "a")
        self.assertEqual(1, self.service.jobs["a"]["attempt"])
        keys = [request[2]["Idempotency-Key"] for request in self.service.sent("/v1/leases")[:2]]
        self.assertEqual(keys[0], keys[1])

    def stoppable(self, job):
        try:
            job.sleep(10)
        except Stopped as stopped:
            self.told.append((job.id, stopped.reason, time.monotonic()))
            raise

    def test_a_cancel_is_heard_within_a_second(self):
        self.start({"wait": self.stoppable})
        for id, pause in (("young", 0), ("old", 1)):
            self.service.add(id, "wait")
            self.service.await_event("leased", id)
            time.sleep(pause)
            begun = time.monotonic()
            self.service.cancel(id)
            self.eventually(lambda: self.told)
            (told, reason, at), self.told = self.told[0], []
            self.assertEqual((id, "cancelled"), (told, reason))
            self.assertLess(at - begun, 1)
        self.assertEqual([], [event for event in self.service.events if event[0] == "refused"])

    def test_a_lost_lease_stops_its_handler_and_no_other(self):
        self.service.add("a", "wait")
        self.service.add("b", "wait")
        self.start({"wait": self.stoppable})
        self.service.await_event("leased", "b")
        self.service.lose("a")
        self.eventually(lambda: self.told)
        self.assertEqual([("a", "lost")], [entry[:2] for entry in self.told])

    def test_a_handler_stops_when_the_service_is_away_for_longer_than_its_lease(self):
        self.service.add("a", "wait")
        self.start({"wait": self.stoppable}, lease=1)
        self.service.await_event("leased", "a")
        self.service.faults.extend([("/v1/leases", 503)] * 100)
        self.eventually(lambda: self.told)
        self.assertEqual("lost", self.told[0][1])

    def test_a_lease_is_extended_while_its_handler_runs(self):
        self.service.add("a", "slow")
        self.start({"slow": lambda job: job.sleep(1.5)}, lease=1)
        self.service.await_event("success", "a")

    def test_a_report_is_kept_until_the_service_takes_it(self):
        gate = threading.Event()
        self.service.add("a", "gated")
        self.start({"gated": lambda job: gate.wait(5)})
        self.service.await_event("leased", "a")
        self.service.faults.extend([("/v1/leases/report", 503), ("/v1/leases/report", 500 + 2)])
        gate.set()
        self.service.await_event("success", "a")

    def test_reports_that_redis_did_not_take_are_sent_again_without_haste(self):
        self.service.unavailable = True
        self.service.add("a")
        self.start({"echo": lambda job: 1})
        self.service.await_event("unavailable", "a")
        time.sleep(0.5)
        self.assertLess(len(self.service.requests), 20)
        self.service.unavailable = False
        self.service.await_event("success", "a")

    def test_a_result_that_is_too_large_ends_its_job_and_no_other(self):
        for i in range(3):
            self.service.add(f"good-{i}")
        self.service.add("bad", "big")
        self.start({"echo": lambda job: 1, "big": lambda job: "x" * 2000})
        self.service.await_event("fail", "bad")
        self.assertEqual("result-too-large", self.service.jobs["bad"]["report"]["error"]["type"])
        for i in range(3):
            self.service.await_event("success", f"good-{i}")

    def test_what_is_told_comes_before_the_report(self):
        def tells(job):
            job.progress(50, "half")
            job.log("one")
            job.progress(100)
            job.log("two")

        self.service.add("a", "tells")
        self.start({"tells": tells})
        self.service.await_event("success", "a")
        told = [event for event in self.service.events if event[0] == "told"]
        self.assertEqual(100, told[-1][1])
        self.assertEqual(["one", "two"], [line for event in told for line in event[2:]])
        self.assertLess(self.service.events.index(told[-1]), self.service.events.index(("success", "a")))

    def test_lines_of_a_lost_answer_are_sent_again_under_their_numbers(self):
        def tells(job):
            job.log("one")
            self.service.until(lambda: self.service.sent("/v1/leases/extend"))
            job.log("two")

        self.service.faults.append(("/v1/leases/extend", "lose"))
        self.service.add("a", "tells")
        self.start({"tells": tells})
        self.service.await_event("success", "a")
        self.assertEqual({1: "one", 2: "two"}, self.service.lines)

    def test_a_stop_lets_handlers_finish_and_releases_the_rest(self):
        gate = threading.Event()
        self.service.add("quick", "quick")
        self.service.add("long", "wait")
        self.service.add("stubborn", "stubborn")
        self.addCleanup(gate.set)
        begun = threading.Barrier(4, timeout=5)

        def running(handler):
            return lambda job: (begun.wait(), handler(job))[1]

        worker = self.start({
            "quick": running(lambda job: time.sleep(0.3)),
            "wait": running(self.stoppable),
            "stubborn": running(lambda job: gate.wait(20)),
        })  # fmt: skip
        begun.wait()
        worker.stop(0.6)

        self.assertIn(("success", "quick"), self.service.events)
        self.assertIn(("release", "long"), self.service.events)
        self.assertIn(("release", "stubborn"), self.service.events)
        self.assertEqual("shutdown", self.told[0][1])

    def test_a_stop_while_nothing_runs_is_quick(self):
        worker = self.start({"echo": lambda job: 1})
        self.service.until(lambda: self.service.requests)
        begun = time.monotonic()
        worker.stop()
        self.assertLess(time.monotonic() - begun, 1.5)
        self.assertEqual([worker.name], self.service.left)

    def test_a_drained_worker_takes_no_jobs_until_it_is_over(self):
        self.service.drained = True
        self.service.add("a")
        self.start({"echo": lambda job: 1})
        time.sleep(0.3)
        self.assertLess(len(self.service.requests), 4)
        self.service.drained = False
        self.service.await_event("success", "a")

    def test_a_wrong_key_ends_run(self):
        self.service.faults.extend([("/v1/leases", 401)] * 5)
        worker = Worker(["q"], url=self.service.url)
        worker.handler("echo")(lambda job: 1)
        with self.assertRaises(ApiError):
            worker.run()

    def test_what_cannot_be_a_worker_is_refused(self):
        async def coroutine(job):
            pass

        worker = Worker(["q"])
        with self.assertRaises(ValueError):
            worker.start()
        with self.assertRaises(TypeError):
            worker.handler("a")(coroutine)
        worker.handler("b")(lambda job: 1)
        with self.assertRaises(ValueError):
            worker.handler("b")(lambda job: 2)
        with self.assertRaises(TypeError):
            Worker("q")
        with self.assertRaises(ValueError):
            Worker(["q"], concurrency=0)

    def eventually(self, holds, seconds=5):
        end = time.monotonic() + seconds
        while not holds():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.005)
