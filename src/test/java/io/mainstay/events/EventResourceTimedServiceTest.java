package io.mainstay.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.StateChange;
import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stream over HTTP, of a service that runs jobs. */
@Tag("timed")
@QuarkusTest
@TestProfile(WorkersProfile.class)
class EventResourceTimedServiceTest {

    @Inject
    EventStreams streams;

    @TestHTTPResource("/v1/events")
    URI events;

    private final String queue = "events-" + new JobIds().nextToken();

    @TimedTest
    void everyStepOfAJobIsTold() throws Exception {
        try (EventClient client = open(query("queue=" + queue))) {
            assertThat(client.next().name()).isEqualTo("open");
            Instant before = Instant.now();
            enqueue("{\"handler\": \"echo\", \"id\": \"good\"}");
            Map<String, EventClient.Received> steps = Stream.of(client.next(), client.next(), client.next())
                    .collect(Collectors.toMap(EventClient.Received::name, Function.identity()));

            assertThat(steps).containsOnlyKeys("ready", "running", "succeeded");
            JsonNode running = steps.get("running").data();
            assertThat(running.path("id").asText()).isEqualTo("good");
            assertThat(running.path("queue").asText()).isEqualTo(queue);
            assertThat(running.path("handler").asText()).isEqualTo("echo");
            assertThat(running.path("state").asText()).isEqualTo("running");
            assertThat(running.path("attempt").asInt()).isEqualTo(1);
            assertThat(Instant.parse(running.path("time").asText())).isBetween(before.minusSeconds(1), Instant.now());
            assertThat(steps.get("running").id()).matches("\\d{13}:" + queue + "/good:running");
        }
    }

    @TimedTest
    void delayFailureRetryAndRequestsAreTold() throws Exception {
        try (EventClient client = open(query("queue=" + queue))) {
            assertThat(client.next().name()).isEqualTo("open");
            enqueue("{\"handler\": \"fail\", \"id\": \"bad\", \"payload\": {\"message\": \"no\"}, \"maxAttempts\": 2,"
                    + " \"backoff\": {\"type\": \"fixed\", \"delay\": \"PT0.05S\"}}");
            // An enqueue may be told of after a worker, who heard of it sooner than its caller, has begun.
            assertThat(client.names(5))
                    .containsOnlyOnce("ready")
                    .containsSubsequence("running", "scheduled", "running", "dead");

            enqueue("{\"handler\": \"echo\", \"id\": \"later\", \"delay\": \"PT1H\"}");
            given().delete("/v1/queues/" + queue + "/jobs/later").then().statusCode(200);
            assertThat(client.names(2)).containsExactly("scheduled", "cancelled");
            given().post("/v1/queues/" + queue + "/jobs/later/requeue").then().statusCode(200);
            assertThat(client.names(3)).containsExactlyInAnyOrder("ready", "running", "succeeded");
        }
    }

    @TimedTest
    void whatIsSetForAQueueAndWhatIsDeletedIsTold() throws Exception {
        enqueue("{\"handler\": \"echo\", \"id\": \"later\", \"delay\": \"PT1H\"}");
        String path = "/v1/queues/" + queue;
        given().delete(path + "/jobs/later").then().statusCode(200);
        try (EventClient client = open(query("queue=" + queue))) {
            assertThat(client.next().name()).isEqualTo("open");
            for (String call : List.of("/pause", "/resume", "/handlers/echo/pause", "/handlers/echo/resume")) {
                given().post(path + call).then().statusCode(200);
                EventClient.Received told = client.next();
                assertThat(told.name()).as(call).isEqualTo("queue-changed");
                assertThat(told.data().toString()).isEqualTo("{\"queue\":\"" + queue + "\"}");
            }
            given().contentType(ContentType.JSON)
                    .body("{\"maxWaiting\": 100}")
                    .put(path + "/limits")
                    .then()
                    .statusCode(200);
            given().post(path + "/jobs/delete?state=cancelled").then().statusCode(200);
            given().delete(path + "?force=true").then().statusCode(200);
            assertThat(client.names(3)).containsOnly("queue-changed");
        }
    }

    @TimedTest
    void onlyTheStatesAskedForAreTold() throws Exception {
        try (EventClient client = open(query("queue=" + queue + "&state=succeeded&state=dead"))) {
            assertThat(client.next().name()).isEqualTo("open");
            enqueue("{\"handler\": \"echo\", \"id\": \"one\"}");
            enqueue("{\"handler\": \"echo\", \"id\": \"two\"}");

            assertThat(client.names(2)).containsExactly("succeeded", "succeeded");
        }
    }

    @Test
    void asManyStreamsAsMayBeAndOneMoreIsRefusedUntilOneEnds() throws Exception {
        List<EventClient> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            clients.add(open(query("")));
        }
        for (EventClient client : clients) {
            assertThat(client.next().name()).isEqualTo("open");
        }
        given().get("/v1/events")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "2")
                .body("type", equalTo("urn:mainstay:problem:too-many-streams"));
        clients.get(0).close();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (EventClient next = EventClient.open(query(""))) {
                return next.status() == 200;
            }
        });
        clients.get(1).close();
    }

    @Test
    void aQuietStreamSaysThatItIsAlive() throws Exception {
        try (EventClient client = open(query("queue=" + queue))) {
            assertThat(client.next().name()).isEqualTo("open");
            int before = client.comments();

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.comments() > before);
        }
    }

    @Test
    void whatIsNoQueueOrStateIsRefused() {
        given().get("/v1/events?queue=No%20Queue").then().statusCode(422).body("field", equalTo("queue"));
        given().get("/v1/events?state=odd").then().statusCode(422).body("field", equalTo("state"));
    }

    @TimedTest
    void aClientThatDoesNotReadIsToldWhatItMissedAndCostsItsBufferOnly() throws Exception {
        double before = dropped();
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(events.getHost(), events.getPort()));
            socket.getOutputStream()
                    .write("GET /v1/events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1024);
            assertThat(lines.lines().filter("event:open"::equals).findFirst()).isPresent();
            // Far more than all buffers of a connection hold.
            int changes = 200_000;
            for (int i = 0; i < changes; i++) {
                streams.changed(new StateChange(
                        new QueueName("flood"),
                        new JobId("job-" + i),
                        new HandlerName("echo"),
                        JobState.READY,
                        0,
                        Instant.EPOCH));
            }

            assertThat(dropped() - before).isBetween(changes * 0.5, (double) changes);
            assertThat(lines.lines().filter("event:lagged"::equals).findFirst()).isPresent();
        }
    }

    private static double dropped() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("mainstay_events_dropped_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Streams of earlier tests may not have been noticed to be over. */
    private static EventClient open(URI uri) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> EventClient.open(uri), client -> client.status() == 200);
    }

    private URI query(String query) {
        return URI.create(events + "?" + query);
    }

    private void enqueue(String job) {
        given().contentType(ContentType.JSON)
                .body(job)
                .post("/v1/queues/" + queue + "/jobs")
                .then()
                .statusCode(201);
    }
}
