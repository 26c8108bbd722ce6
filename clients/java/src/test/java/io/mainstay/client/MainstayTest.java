package io.mainstay.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MainstayTest {

    private static final String JOB = "{\"id\":\"a\",\"queue\":\"q\",\"handler\":\"h\",\"state\":\"%s\",\"attempt\":0}";

    private record Request(String line, String key, String authorization, String prefer, String body) {}

    private record Response(int status, String body) {}

    private final List<Request> requests = new ArrayList<>();
    private final Deque<Response> responses = new ArrayDeque<>();
    private HttpServer server;
    private Mainstay client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = Mainstay.builder("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .key("ms_secret")
                .patience(Duration.ofSeconds(5))
                .build();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Prefer"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Response response = responses.remove();
        if (response.status() == 0) {
            exchange.close();
            return;
        }
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void respond(int status, String body) {
        responses.add(new Response(status, body));
    }

    @Test
    void enqueueIsSentAgainUnderTheSameKey() {
        respond(0, "");
        respond(503, "{\"type\":\"urn:mainstay:problem:store-unavailable\"}");
        respond(201, JOB.formatted("ready"));

        Job job = client.enqueue(
                "q",
                NewJob.of("h").payload(JsonValue.object("n", 9007199254740993L)).priority(9));

        assertEquals("ready", job.state());
        assertEquals(3, requests.size());
        assertEquals("POST /v1/queues/q/jobs", requests.get(0).line());
        assertEquals("Bearer ms_secret", requests.get(0).authorization());
        assertEquals(
                "{\"handler\":\"h\",\"payload\":{\"n\":9007199254740993},\"priority\":9}",
                requests.get(0).body());
        assertEquals(1, requests.stream().map(Request::key).distinct().count());
        assertFalse(requests.get(0).key().isEmpty());
    }

    @Test
    void jobWithAnIdNeedsNoKey() {
        respond(200, JOB.formatted("succeeded"));

        assertTrue(client.enqueue("q", NewJob.of("h").id("a")).succeeded());
        assertNull(requests.get(0).key());
    }

    @Test
    void problemIsToldAsItIs() {
        respond(
                422,
                "{\"type\":\"urn:mainstay:problem:invalid-value\",\"detail\":\"too small\",\"field\":\"priority\"}");

        ProblemException problem = assertThrows(
                ProblemException.class, () -> client.enqueue("q", NewJob.of("h").priority(-1)));

        assertEquals(422, problem.status());
        assertEquals("invalid-value", problem.type());
        assertEquals("too small", problem.detail());
        assertEquals("priority", problem.field());
    }

    @Test
    void serviceThatIsAwayForTooLongIsUnavailable() {
        server.stop(0);
        Mainstay impatient = Mainstay.builder(
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .patience(Duration.ofMillis(200))
                .build();

        assertThrows(UnavailableException.class, () -> impatient.find("q", "a"));
    }

    @Test
    void bulkTellsWhatBecameOfEach() {
        respond(
                200,
                "{\"created\":1,\"existing\":0,\"failed\":1,\"results\":[{\"index\":0,\"status\":201,\"id\":\"a\"},"
                        + "{\"index\":1,\"status\":422,\"problem\":{\"type\":\"urn:mainstay:problem:invalid-value\"}}]}");

        BulkResult result = client.enqueueAll("q", List.of(NewJob.of("h"), NewJob.of("none")));

        assertEquals("POST /v1/queues/q/jobs/bulk", requests.get(0).line());
        assertEquals(
                "[{\"handler\":\"h\"},{\"handler\":\"none\"}]", requests.get(0).body());
        assertEquals(1, result.created());
        assertEquals("a", result.items().get(0).id());
        assertEquals(1, result.failed().get(0).index());
    }

    @Test
    void awaitAsksUntilTheJobHasEnded() {
        respond(200, JOB.formatted("running"));
        respond(200, JOB.formatted("succeeded"));

        assertTrue(client.await("q", "a b", Duration.ofSeconds(30)).succeeded());
        assertEquals("GET /v1/queues/q/jobs/a%20b", requests.get(0).line());
        assertEquals("wait=20", requests.get(0).prefer());
    }

    @Test
    void whatIsNotThereIsEmpty() {
        respond(404, "{\"type\":\"urn:mainstay:problem:job-not-found\"}");
        respond(404, "{\"type\":\"urn:mainstay:problem:schedule-not-found\"}");

        assertTrue(client.find("q", "a").isEmpty());
        assertTrue(client.findSchedule("s").isEmpty());
    }

    @Test
    void schedulesAreReadPageByPage() {
        respond(200, "{\"schedules\":[{\"name\":\"a\"}],\"next\":\"x/y\"}");
        respond(200, "{\"schedules\":[{\"name\":\"b\",\"next\":\"2026-11-24T01:30:00.000Z\"}]}");

        List<Schedule> all = client.schedules();

        assertEquals(List.of("a", "b"), all.stream().map(Schedule::name).toList());
        assertEquals("GET /v1/schedules?cursor=x%2Fy", requests.get(1).line());
        assertTrue(all.get(1).next().isPresent());
    }

    @Test
    void scheduleIsPut() {
        respond(201, "{\"name\":\"nightly\",\"cron\":\"30 2 * * *\",\"queue\":\"q\",\"paused\":false}");
        respond(204, "");

        Schedule schedule = client.putSchedule(
                "nightly", Schedule.of("30 2 * * *", "q", NewJob.of("h")).timeZone(ZoneId.of("Europe/Berlin")));
        client.deleteSchedule("nightly");

        assertEquals("PUT /v1/schedules/nightly", requests.get(0).line());
        assertEquals(
                "{\"cron\":\"30 2 * * *\",\"queue\":\"q\",\"job\":{\"handler\":\"h\"},\"timeZone\":\"Europe/Berlin\"}",
                requests.get(0).body());
        assertEquals("nightly", schedule.name());
        assertFalse(schedule.paused());
        assertEquals("DELETE /v1/schedules/nightly", requests.get(1).line());
    }
}
