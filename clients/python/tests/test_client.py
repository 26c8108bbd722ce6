import socket
import unittest

from mainstay import ApiError, Client, ConnectionLost, JobNotFound

from .fake_service import FakeService


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.service = FakeService()
        self.addCleanup(self.service.close)
        self.client = Client(self.service.url, "ms_key", patience=5)
        self.addCleanup(self.client.close)

    def test_enqueue(self):
        job = self.client.enqueue("mail", "send", {"n": 9007199254740993}, delay=1.5, max_attempts=2, uniqueKey="u")

        self.assertEqual(("ready", 9007199254740993), (job.state, job.payload["n"]))
        headers, body = self.service.requests[0][2:]
        self.assertEqual("Bearer ms_key", headers["Authorization"])
        self.assertIn(b'"delay":"PT1.5S"', body)
        self.assertIn(b'"maxAttempts":2', body)
        self.assertIn(b'"uniqueKey":"u"', body)

    def test_one_call_makes_one_job_though_answers_get_lost_or_the_service_is_busy(self):
        self.service.faults.extend([("/v1", "lose"), ("/v1", 503), ("/v1", 429), ("/v1", "lose")])

        job = self.client.enqueue("mail", "send")

        self.assertEqual([job.id], list(self.service.jobs))
        self.assertEqual(5, len(self.service.requests))

    def test_two_calls_make_two_jobs_unless_they_have_the_same_key(self):
        first = self.client.enqueue("mail", "send")
        self.assertNotEqual(first.id, self.client.enqueue("mail", "send").id)
        keyed = [self.client.enqueue("mail", "send", idempotency_key="k").id for _ in range(2)]
        self.assertEqual(keyed[0], keyed[1])

    def test_what_is_refused_is_not_sent_again(self):
        with self.assertRaises(ApiError) as raised:
            self.client.enqueue("mail", "unknown")

        self.assertEqual((422, "invalid-value", "handler"), (raised.exception.status, raised.exception.type, raised.exception.field))
        self.assertEqual(1, len(self.service.requests))

    def test_patience_ends(self):
        impatient = Client(self.service.url, patience=0.2)
        self.addCleanup(impatient.close)
        self.service.faults.extend([("/v1", 503)] * 20)
        with self.assertRaises(ApiError):
            impatient.enqueue("mail", "send")
        self.service.close()
        with self.assertRaises(ConnectionLost):
            Client(self.service.url, patience=0.2).enqueue("mail", "send")

    def test_wait_and_get(self):
        self.client.enqueue("mail", "send", id="a")
        with self.assertRaises(TimeoutError):
            self.client.wait("mail", "a", timeout=0.1)
        self.service.cancel("a")

        self.assertEqual("cancelled", self.client.wait("mail", "a").state)
        self.assertTrue(self.client.get("mail", "a").ended)
        with self.assertRaises(JobNotFound):
            self.client.get("mail", "none")

    def test_cancel(self):
        self.client.enqueue("mail", "send", id="a")
        self.assertEqual("cancelled", self.client.cancel("mail", "a").state)

    def test_bulk_comes_in_parts_and_is_safe_to_repeat(self):
        self.service.faults.extend([("/v1", "lose"), ("/v1", 503)])

        result = self.client.bulk("mail", ({"handler": "send", "payload": i} for i in range(1500)))

        self.assertEqual(1500, len(self.service.jobs))
        self.assertEqual((1500, []), (result.created, result.failures))
        self.assertEqual("application/x-ndjson", self.service.requests[0][2]["Content-Type"])

    def test_a_connection_is_kept_and_replaced_when_the_service_closed_it(self):
        for _ in range(3):
            self.client.enqueue("mail", "send")
        self.assertEqual(1, len(self.client._transport._idle))
        self.client._transport._idle[0].sock.shutdown(socket.SHUT_RDWR)
        self.client.enqueue("mail", "send")

    def test_a_bad_url_is_refused(self):
        for url in ("localhost:8080", "ftp://x", "http://user:key@host"):
            with self.assertRaises(ValueError):
                Client(url)
