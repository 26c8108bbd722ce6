package io.mainstay.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTest {

    private final FakeService service = new FakeService();
    private final AtomicReference<StopReason> stopped = new AtomicReference<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private Worker worker;

    @AfterEach
    void stop() {
        go.countDown();
        if (worker != null) {
            worker.close();
        }
        service.close();
    }

    private Worker start(JobHandler handler, int concurrency, String lease) {
        worker = service.client()
                .worker("q")
                .handler("h", handler)
                .name("w")
                .concurrency(concurrency)
                .lease(Duration.parse(lease))
                .grace(Duration.ofMillis(300))
                .build();
        return worker.start();
    }

    /** Says why it was stopped, if it was. */
    private Outcome untilStopped(JobContext job) {
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            stopped.set(job.stopReason().orElseThrow());
        }
        return Outcome.success();
    }

    private void awaitStopped(StopReason why) {
        service.await("stopped", () -> stopped.get() != null);
        assertEquals(why, stopped.get());
    }

    @Test
    void payloadAndResultKeepEveryDigit() {
        service.add("a", "{\"n\":9007199254740993,\"d\":1.50,\"s\":\"żółć 🚀\"}");
        start(job -> Outcome.success(job.payload()), 1, "PT10S");

        service.awaitReports(1);

        JsonValue report = service.reports().get(0);
        assertEquals("success", report.get("outcome").asString());
        assertEquals(
                "{\"n\":9007199254740993,\"d\":1.50,\"s\":\"żółć 🚀\"}",
                report.get("result").text());
    }

    @Test
    void everyOutcomeIsReported() {
        List<Outcome> outcomes = List.of(
                Outcome.success(),
                Outcome.retry("busy", "later"),
                Outcome.retryAfter(Duration.ofMinutes(1), "busy", "later"),
                Outcome.fail("no-stock", "none left"),
                Outcome.snooze(Duration.ofSeconds(2)),
                Outcome.release());
        for (int i = 0; i < outcomes.size(); i++) {
            service.add("job-" + i, String.valueOf(i));
        }
        start(job -> outcomes.get(job.payload().asInt()), 1, "PT10S");

        service.awaitReports(6);

        String error = "\"error\":{\"type\":\"busy\",\"message\":\"later\"}";
        assertEquals("{\"outcome\":\"success\"}", withoutToken(0));
        assertEquals("{\"outcome\":\"retry\"," + error + "}", withoutToken(1));
        assertEquals("{\"outcome\":\"retry\"," + error + ",\"delay\":\"PT1M\"}", withoutToken(2));
        assertEquals(
                "{\"outcome\":\"fail\",\"error\":{\"type\":\"no-stock\",\"message\":\"none left\"}}", withoutToken(3));
        assertEquals("{\"outcome\":\"snooze\",\"delay\":\"PT2S\"}", withoutToken(4));
        assertEquals("{\"outcome\":\"release\"}", withoutToken(5));
    }

    private String withoutToken(int index) {
        return service.reports().get(index).text().replaceFirst("\"token\":\"[^\"]*\",", "");
    }

    @Test
    void exceptionIsAFailedAttempt() {
        service.add("a", "null");
        start(
                job -> {
                    throw new IllegalStateException("no luck");
                },
                1,
                "PT10S");

        service.awaitReports(1);

        JsonValue error = service.reports().get(0).get("error");
        assertEquals("java.lang.IllegalStateException", error.get("type").asString());
        assertEquals("no luck", error.get("message").asString());
    }

    @Test
    void neverMoreJobsAtATimeThanSlots() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 300; i++) {
            service.add("job-" + i, "null");
        }
        start(
                job -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.yield();
                    now.decrementAndGet();
                    return Outcome.success();
                },
                8,
                "PT10S");

        service.awaitReports(300);

        assertTrue(most.get() <= 8, "at a time: " + most);
        assertTrue(service.mostRunning() <= 8, "in the eyes of the service: " + service.mostRunning());
    }

    @Test
    void lostAnswersLoseNoJob() {
        service.loseAnswers(2);
        for (int i = 0; i < 20; i++) {
            service.add("job-" + i, "null");
        }
        start(job -> Outcome.success(), 4, "PT10S");

        service.awaitReports(20);

        assertEquals(
                20,
                service.reports().stream()
                        .map(report -> report.get("token"))
                        .distinct()
                        .count());
    }

    @Test
    void leaseIsKeptWhileAJobRuns() {
        service.add("a", "null");
        start(this::untilStopped, 1, "PT1S");
        service.await("leased", () -> service.leaseOf("a") != null);
        Instant first = service.leaseOf("a").until();

        service.await("extended twice", () -> service.leaseOf("a").until().isAfter(first.plusSeconds(1)));
        go.countDown();
        service.awaitReports(1);

        assertEquals("success", service.reports().get(0).get("outcome").asString());
    }

    @Test
    void workerThatEndsSaysSo() {
        start(job -> Outcome.success(), 1, "PT10S").close();

        assertEquals(List.of("w"), service.left());
    }

    @Test
    void cancelledJobIsStoppedWithinASecond() throws InterruptedException {
        service.add("a", "null");
        start(this::untilStopped, 1, "PT30S");
        begun.await();

        long cancelledAt = System.nanoTime();
        service.end("a", "cancelled");
        awaitStopped(StopReason.CANCELLED);

        assertTrue(System.nanoTime() - cancelledAt < Duration.ofSeconds(1).toNanos());
        assertTrue(service.reports().isEmpty());
    }

    @Test
    void slotOfACancelledJobIsFreeAgain() throws InterruptedException {
        service.add("a", "null");
        start(job -> job.id().equals("a") ? untilStopped(job) : Outcome.success(), 1, "PT30S");
        begun.await();

        service.end("a", "cancelled");
        service.add("b", "null");

        service.awaitReports(1);
    }

    @Test
    void lostLeaseStopsTheJob() throws InterruptedException {
        service.add("a", "null");
        start(this::untilStopped, 1, "PT30S");
        begun.await();

        service.end("a", "lost");

        awaitStopped(StopReason.LOST);
    }

    @Test
    void timeOutStopsTheJob() {
        service.add("a", "null", "PT0.4S");
        start(this::untilStopped, 1, "PT30S");

        awaitStopped(StopReason.TIMED_OUT);
    }

    @Test
    void jobIsStoppedWhenItsLeaseIsOverThoughNobodyAnswers() throws InterruptedException {
        service.add("a", "null");
        start(this::untilStopped, 1, "PT1S");
        begun.await();

        service.answerAll(503);

        awaitStopped(StopReason.LOST);
    }

    @Test
    void reportOutlivesAnOutage() throws InterruptedException {
        service.add("a", "null");
        start(this::untilStopped, 1, "PT30S");
        begun.await();
        service.answerAll(503);
        go.countDown();
        service.await(
                "tried",
                () -> service.requests().stream()
                                .filter(request -> request.contains("\"outcome\":\"success\""))
                                .count()
                        >= 2);

        service.answerAll(0);

        service.awaitReports(1);
    }

    @Test
    void resultThatIsTooLargeEndsTheJob() {
        service.refuse(
                "success", JsonValue.object("type", "urn:mainstay:problem:payload-too-large", "detail", "too large"));
        service.add("a", "null");
        start(job -> Outcome.success(job.payload()), 1, "PT30S");

        service.awaitReports(1);

        assertEquals("fail", service.reports().get(0).get("outcome").asString());
        assertEquals(
                "result-too-large",
                service.reports().get(0).get("error").get("type").asString());
    }

    @Test
    void reportThatIsTooLargeForARequestHarmsNoOther() {
        service.limitBodies(100_000);
        for (int i = 0; i < 20; i++) {
            service.add("job-" + i, String.valueOf(i % 10 == 5 ? 150_000 : 10_000));
        }
        start(job -> Outcome.success(JsonValue.of("x".repeat(job.payload().asInt()))), 20, "PT30S");

        service.awaitReports(20);

        assertEquals(
                2,
                service.reports().stream()
                        .filter(report -> report.get("outcome").asString().equals("fail"))
                        .count());
    }

    @Test
    void whatAJobSaysIsThereBeforeItsReport() {
        service.add("a", "null");
        start(
                job -> {
                    for (int line = 1; line <= 30; line++) {
                        job.log("line " + line);
                    }
                    job.progress(100, "done");
                    return Outcome.success();
                },
                1,
                "PT30S");

        service.awaitReports(1);

        List<String> lines = service.notes().stream()
                .flatMap(note -> note.get("log").items().stream())
                .map(JsonValue::asString)
                .toList();
        assertEquals(30, lines.size());
        assertEquals("line 30", lines.get(29));
        assertTrue(service.notes().stream()
                .anyMatch(note -> note.get("progress").equals(JsonValue.object("percent", 100, "note", "done"))));
    }

    @Test
    void progressIsSeenWhileTheJobRuns() {
        service.add("a", "null");
        start(
                job -> {
                    job.progress(25);
                    return untilStopped(job);
                },
                1,
                "PT30S");

        service.await("progress", () -> !service.notes().isEmpty());
        assertTrue(service.reports().isEmpty());
    }

    @Test
    void drainedWorkerTakesNothingUntilTheDrainIsOver() {
        service.drain(true);
        start(job -> Outcome.success(), 1, "PT30S");
        service.await("asked", () -> !service.requests().isEmpty());
        service.add("a", "null");
        service.await("asked again", () -> service.requests().size() >= 2);
        assertTrue(service.reports().isEmpty());

        service.drain(false);

        service.awaitReports(1);
    }

    @Test
    void jobsThatCanEndWithinTheGraceEnd() throws InterruptedException {
        service.add("a", "null");
        start(this::untilStopped, 1, "PT30S");
        begun.await();

        Thread closer = new Thread(worker::close);
        closer.start();
        go.countDown();
        closer.join();

        assertEquals("success", service.reports().get(0).get("outcome").asString());
    }

    @Test
    void jobsThatCannotAreGivenBack() throws InterruptedException {
        service.add("a", "null");
        start(this::untilStopped, 1, "PT30S");
        begun.await();

        worker.close();

        assertEquals("release", service.reports().get(0).get("outcome").asString());
        awaitStopped(StopReason.SHUTDOWN);
    }

    @Test
    void waitForJobsEndsAtOnceWhenTheWorkerDoes() {
        start(job -> Outcome.success(), 1, "PT30S");
        service.await("asked", () -> !service.requests().isEmpty());

        long began = System.nanoTime();
        worker.close();

        assertTrue(System.nanoTime() - began < Duration.ofSeconds(2).toNanos());
    }

    @Test
    void workerThatIsRefusedForGoodEnds() {
        service.answerAll(422);
        worker = service.client()
                .worker("q")
                .handler("h", job -> Outcome.success())
                .build();

        ProblemException problem = assertThrows(ProblemException.class, worker::run);

        assertEquals(422, problem.status());
    }

    @Test
    void wrongKeyIsTriedAgain() {
        service.answerAll(401);
        start(job -> Outcome.success(), 1, "PT30S");
        service.await("asked", () -> !service.requests().isEmpty());

        assertFalse(worker.isClosed());
    }

    @Test
    void severalConnectionsShareTheSlots() {
        for (int i = 0; i < 500; i++) {
            service.add("job-" + i, "null");
        }
        worker = service.client()
                .worker("q")
                .handler("h", job -> Outcome.success())
                .concurrency(40)
                .connections(4)
                .build()
                .start();

        service.awaitReports(500);

        assertTrue(service.mostRunning() <= 40, "in the eyes of the service: " + service.mostRunning());
    }
}
