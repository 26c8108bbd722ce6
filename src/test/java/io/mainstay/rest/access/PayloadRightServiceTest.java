package io.mainstay.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.events.EventClient;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.Settlement;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls every operation that the API description has on jobs that hold a marker wherever a caller or a handler can put one. Without the
 * right to payloads it comes in no answer.
 */
@QuarkusTest
@TestProfile(ApiProfile.class)
class PayloadRightServiceTest extends ApiTest {

    private static final String MARKER = "marker-7f3c";
    private static final String HTTP = "{\"url\": \"http://localhost/hook?token=%1$s\", \"method\": \"POST\","
            + " \"headers\": {\"X-Secret\": \"%1$s\"}, \"body\": \"%1$s\"}";
    private static final List<String> IDS = List.of("done", "dead", "again", "http", "later");

    @TestHTTPResource("/")
    URI service;

    private ApiCalls anybody;

    @BeforeEach
    void makeJobs() {
        anybody = new ApiCalls(service, null);
        add("\"id\": \"done\"");
        Lease done = claim();
        note(done);
        settle(new Settlement.Complete(done, Optional.of(new Json("\"" + MARKER + "\""))));
        add("\"id\": \"dead\"");
        run(lease -> new Settlement.Fail(lease, "demo", MARKER, Optional.empty(), MARKER));
        add("\"id\": \"again\"");
        run(lease -> new Settlement.Fail(lease, "demo", MARKER, Optional.of(Duration.ofHours(1))));
        makeFlow();
        add("\"id\": \"later\", \"delay\": \"PT1H\", \"uniqueKey\": \"key\"");
        made("POST", jobs, "{\"id\": \"http\", \"delay\": \"PT1H\", \"http\": " + HTTP.formatted(MARKER) + "}");
        schedule("", "\"handler\": \"api-test\", \"payload\": \"" + MARKER + "\"");
        schedule("-http", "\"http\": " + HTTP.formatted(MARKER));
    }

    @Test
    void noAnswerHasTheMarkerWithoutIt() throws Exception {
        ApiCalls caller = new ApiCalls(service, "admin *");
        List<String> found = new ArrayList<>();
        try (EventClient events = EventClient.open(
                service.resolve("/v1/events?queue=" + queue), CallerByHeader.HEADER, caller.caller())) {
            assertThat(events.next().name()).isEqualTo("open");
            for (OpenApi.Operation operation : operations()) {
                for (Call call : calls(operation)) {
                    ApiCalls.Answer answer = caller.call(operation.method(), call.path(), call.body());
                    if (answer.text().contains(MARKER)) {
                        found.add(operation.method() + " " + call + ": " + answer.text());
                    }
                    assertThat(answer.status())
                            .as("%s %s", operation.method(), call)
                            .isLessThan(500);
                }
            }
            assertThat(events.next().data().toString()).doesNotContain(MARKER);
            assertThat(events.next().data().toString()).doesNotContain(MARKER);
        }

        assertThat(found).isEmpty();
    }

    @Test
    void answersHaveTheMarkerWithIt() throws Exception {
        ApiCalls caller = new ApiCalls(service, "admin * payload");
        Set<String> found = new TreeSet<>();
        for (OpenApi.Operation operation : operations()) {
            if (operation.method().equals("GET") || operation.id().equals("enqueue")) {
                for (Call call : calls(operation)) {
                    if (caller.call(operation.method(), call.path(), call.body())
                            .text()
                            .contains(MARKER)) {
                        found.add(operation.id());
                    }
                }
            }
        }

        assertThat(found)
                .containsExactly(
                        "enqueue",
                        "explainJob",
                        "getAttempts",
                        "getJob",
                        "getLog",
                        "getParents",
                        "getSchedule",
                        "listJobs",
                        "listSchedules",
                        "searchJobs");
    }

    private record Call(String path, String body) {}

    /** What only reads first, and what takes most away last. */
    private List<OpenApi.Operation> operations() throws Exception {
        List<OpenApi.Operation> all = new ArrayList<>(OpenApi.of(anybody).operations());
        all.removeIf(operation -> operation.id().equals("streamEvents"));
        all.sort(Comparator.comparing(
                        (OpenApi.Operation operation) -> !operation.method().equals("GET"))
                .thenComparing(operation -> operation.id().equals("deleteJobs"))
                .thenComparing(operation -> operation.id().equals("deleteQueue"))
                .thenComparing(OpenApi.Operation::id));
        return all;
    }

    private List<Call> calls(OpenApi.Operation operation) {
        List<Call> calls = new ArrayList<>();
        for (String id : ids(operation.path())) {
            String path = operation
                    .path()
                    .replace("{queue}", queue.value())
                    .replace("{handler}", "api-test")
                    .replaceAll("\\{[a-z]+}", id);
            for (String query : operation.queries()) {
                bodies(operation).forEach(body -> calls.add(new Call(path + query, body)));
                if (operation.id().equals("listJobs")) {
                    calls.add(new Call(path + query + (query.isEmpty() ? "?" : "&") + "include=payload,result", null));
                }
            }
        }
        return calls;
    }

    private List<String> ids(String path) {
        if (path.contains("/flows/")) {
            return List.of(queue.value());
        }
        if (path.contains("{name}")) {
            return List.of(queue.value(), queue + "-http");
        }
        List<String> ids = new ArrayList<>(IDS);
        ids.add("flow-" + queue + "-0");
        ids.add("flow-" + queue + "-1");
        return path.contains("{id}") ? ids : List.of("");
    }

    private List<String> bodies(OpenApi.Operation operation) {
        if (!operation.takesBody()) {
            return Collections.singletonList(null);
        }
        return switch (operation.id()) {
            case "enqueue" -> repeats();
            case "enqueueBulk" -> List.of(repeats().toString());
            case "createFlow" -> List.of(flow(""));
            case "putSchedule" ->
                List.of("{\"cron\": \"@daily\", \"queue\": \"" + queue + "\", \"job\": {\"handler\": \"api-test\"}}");
            default -> List.of("{}");
        };
    }

    private List<String> repeats() {
        List<String> repeats = new ArrayList<>(List.of("{\"handler\": \"api-test\", \"uniqueKey\": \"key\"}"));
        IDS.forEach(id -> repeats.add("{\"handler\": \"api-test\", \"id\": \"" + id + "\"}"));
        return repeats;
    }

    /** Its first job has succeeded, its second one runs. */
    private void makeFlow() {
        made("POST", "/v1/flows", flow(", \"payload\": \"" + MARKER + "\""));
        run(lease -> new Settlement.Complete(lease, Optional.of(new Json("\"" + MARKER + "\""))));
        Awaitility.await("the second job")
                .atMost(Duration.ofSeconds(30))
                .until(() -> anybody.get(jobPath("flow-" + queue + "-1")).text().contains("\"ready\""));
        note(claim());
    }

    private String flow(String payload) {
        String job = "{\"queue\": \"" + queue + "\", \"handler\": \"api-test\"" + payload;
        return "{\"id\": \"" + queue + "\", \"jobs\": {\"a\": " + job + "}, \"b\": " + job + ", \"after\": [\"a\"]}}}";
    }

    private void schedule(String end, String job) {
        made(
                "PUT",
                "/v1/schedules/" + queue + end,
                "{\"cron\": \"@yearly\", \"queue\": \"" + queue + "\", \"job\": {" + job + "}}");
    }

    private void add(String fields) {
        made(
                "POST",
                jobs,
                "{\"handler\": \"api-test\", \"payload\": {\"secret\": \"" + MARKER + "\"}, " + fields + "}");
    }

    private void made(String method, String path, String body) {
        ApiCalls.Answer answer = anybody.call(method, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private void note(Lease lease) {
        JobNote note = new JobNote(
                lease,
                1,
                Optional.of(new JobNote.Said(50, MARKER)),
                1,
                List.of(new JobNote.Line(Duration.ZERO, MARKER)));
        assertThat(leases.note(queue, List.of(note)).await().atMost(Duration.ofSeconds(30)))
                .isEqualTo(1);
    }

    private void settle(Settlement settlement) {
        leases.settle(queue, List.of(settlement)).await().atMost(Duration.ofSeconds(30));
    }
}
