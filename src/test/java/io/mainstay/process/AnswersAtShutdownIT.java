package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.events.EventClient;
import io.mainstay.machine.TimedTest;
import io.mainstay.rest.RawHttp;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** SIGTERM: whoever waits for an answer gets one while the process still lives. */
class AnswersAtShutdownIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String LINE = "{\"handler\": \"noop\"}\n";

    private final RedisProcess redis = new RedisProcess();
    private final ServiceProcess service = new ServiceProcess(
                    redis.address(), Map.of("mainstay.handlers.demo", "true", "mainstay.worker.enabled", "false"))
            .awaitReady();
    private final ServiceProcess watching = new ServiceProcess(
                    redis.address(), Map.of("mainstay.handlers.demo", "true", "mainstay.worker.enabled", "false"))
            .awaitReady();

    @AfterEach
    void stop() throws Exception {
        service.close();
        watching.close();
        redis.close();
    }

    @TimedTest
    void waitsBulksAndStreamsAreAnsweredAtOnce() throws Exception {
        try (RawHttp wait = new RawHttp(service.uri("/").getPort());
                RawHttp bulk = new RawHttp(service.uri("/").getPort());
                EventClient stream = EventClient.open(service.uri("/v1/events"))) {
            assertThat(stream.next().name()).isEqualTo("open");
            String job = "{\"handler\": \"noop\", \"id\": \"w\"}";
            wait.send("POST /v1/queues/waited/jobs HTTP/1.1\nHost: a\nContent-Type: application/json\nPrefer: wait=60\n"
                    + "Content-Length: " + job.length() + "\n\n" + job);
            bulk.send("POST /v1/queues/bulk/jobs/bulk HTTP/1.1\nHost: a\nContent-Type: application/x-ndjson\n"
                    + "Transfer-Encoding: chunked\n\n" + Integer.toHexString(2 * LINE.length() + 1) + "\n");
            // And the beginning of a third.
            bulk.sendAsIs(LINE.repeat(2) + "{\r\n");
            Awaitility.await().atMost(DEADLINE).until(() -> jobs("waited") == 1 && jobs("bulk") == 2);

            long asked = System.nanoTime();
            service.requestEnd();
            RawHttp.Answer waited = wait.read();
            RawHttp.Answer stopped = bulk.read();
            String last = stream.next().name();
            while (!last.equals("end")) {
                last = stream.next().name();
            }
            stream.awaitEnd();
            Duration took = Duration.ofNanos(System.nanoTime() - asked);

            assertThat(waited.status()).isEqualTo(201);
            assertThat(new JsonPath(waited.body()).getString("state")).isEqualTo("ready");
            assertThat(stopped.status()).as(stopped.body()).isEqualTo(503);
            JsonPath result = new JsonPath(stopped.body());
            assertThat(result.getString("stopped.type")).isEqualTo("urn:mainstay:problem:shutting-down");
            assertThat(result.getInt("next")).isEqualTo(2);
            assertThat(result.getInt("created")).isEqualTo(2);
            // Before the time for load balancers is over, in which the server still listens.
            assertThat(took).isLessThan(Duration.ofSeconds(3));
        }
        service.awaitExit();
        assertThat(jobs("bulk")).isEqualTo(2);
    }

    /** Or the next request on it would meet its end, and its sender could not know whether it was served. */
    @TimedTest
    void keptConnectionsEndWithTheirNextAnswer() throws Exception {
        String request = "GET /v1/queues/kept HTTP/1.1\nHost: a\n\n";
        try (RawHttp before = new RawHttp(service.uri("/").getPort());
                RawHttp waiting = new RawHttp(service.uri("/").getPort())) {
            assertThat(before.send(request).read().headers()).doesNotContainKey("connection");
            String job = "{\"handler\": \"noop\"}";
            waiting.send(
                    "POST /v1/queues/kept/jobs HTTP/1.1\nHost: a\nContent-Type: application/json\nPrefer: wait=60\n"
                            + "Content-Length: " + job.length() + "\n\n" + job);
            Awaitility.await().atMost(DEADLINE).until(() -> jobs("kept") == 1);

            service.requestEnd();
            RawHttp.Answer waited = waiting.read();
            RawHttp.Answer next = before.send(request).read();

            assertThat(waited.headers()).containsEntry("connection", "close");
            waiting.awaitClosed();
            assertThat(next.status()).isEqualTo(200);
            assertThat(next.headers()).containsEntry("connection", "close");
            before.awaitClosed();
        }
        service.awaitExit();
    }

    /** Another instance answers the next request. */
    @TimedTest
    void waitsForJobsAreAnsweredWithNone() throws Exception {
        String ask = "{\"worker\": \"w\", \"queues\": [\"leased\"], \"handlers\": [\"noop\"]}";
        try (RawHttp waiting = new RawHttp(service.uri("/").getPort())) {
            waiting.send("POST /v1/leases HTTP/1.1\nHost: a\nContent-Type: application/json\nPrefer: wait=50\n"
                    + "Content-Length: " + ask.length() + "\n\n" + ask);
            Awaitility.await().atMost(DEADLINE).until(() -> service.metric("mainstay_leases_waiting") == 1);

            long asked = System.nanoTime();
            service.requestEnd();
            RawHttp.Answer answer = waiting.read();
            Duration took = Duration.ofNanos(System.nanoTime() - asked);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"jobs\":[],\"drain\":false}");
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(took).isLessThan(Duration.ofSeconds(3));
            waiting.awaitClosed();
        }
        service.awaitExit();
    }

    private int jobs(String queue) {
        return new JsonPath(watching.get("/v1/queues/" + queue)).getInt("counts.ready");
    }
}
