package io.mainstay.tracing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mainstay.job.JobIds;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service with traces on, seen by the spans it exports. */
@QuarkusTest
@TestProfile(TracedOverTls.class)
class TracingServiceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Inject
    InMemorySpanExporter spans;

    @ConfigProperty(name = "test.receiver")
    int receiver;

    private final String queue = "traced-" + new JobIds().nextToken();

    @Test
    void theEnqueueIsInTheCallersTraceAndTheAttemptIsLinkedToIt() {
        JsonPath job = enqueue("{\"handler\": \"echo\", \"id\": \"a\", \"payload\": 1}");
        SpanData producer = span(SpanKind.PRODUCER, "enqueue");
        SpanData consumer = span(SpanKind.CONSUMER, "process");

        assertThat(producer.getTraceId()).isEqualTo(TRACE);
        assertThat(producer.getAttributes().asMap())
                .containsEntry(Names.SYSTEM, "mainstay")
                .containsEntry(Names.OPERATION_TYPE, "send")
                .containsEntry(Names.DESTINATION, queue)
                .containsEntry(Names.MESSAGE_ID, "a")
                .containsEntry(Names.CREATED, true);
        assertThat(job.getString("traceparent")).isEqualTo("00-" + TRACE + "-" + producer.getSpanId() + "-01");
        assertThat(consumer.getTraceId()).isNotEqualTo(TRACE);
        assertThat(consumer.getParentSpanContext().isValid()).isFalse();
        assertThat(consumer.getLinks())
                .extracting(LinkData::getSpanContext)
                .singleElement()
                .satisfies(link -> {
                    assertThat(link.getTraceId()).isEqualTo(TRACE);
                    assertThat(link.getSpanId()).isEqualTo(producer.getSpanId());
                });
        assertThat(consumer.getAttributes().asMap())
                .containsEntry(Names.OPERATION_TYPE, "process")
                .containsEntry(Names.DESTINATION, queue)
                .containsEntry(Names.MESSAGE_ID, "a")
                .containsEntry(Names.HANDLER, "echo")
                .containsEntry(Names.ATTEMPT, 1L)
                .containsEntry(Names.OUTCOME, "succeeded");
        assertThat(consumer.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace-blocking", "trace-async"})
    void aHandlerRunsInTheSpanOfItsAttempt(String handler) {
        String result = enqueue("{\"handler\": \"" + handler + "\"}").getString("result");

        assertThat(result).isEqualTo(span(SpanKind.CONSUMER, "process").getSpanId());
    }

    @Test
    void everyAttemptHasItsSpanWithWhatCameOfIt() {
        enqueue("{\"handler\": \"fail\", \"payload\": {\"message\": \"no luck\"}, \"maxAttempts\": 2,"
                + " \"backoff\": {\"type\": \"fixed\", \"delay\": \"PT0.01S\"}}");
        List<SpanData> attempts = spans(SpanKind.CONSUMER, "process", 2);

        assertThat(attempts)
                .extracting(span -> span.getAttributes().get(Names.ATTEMPT))
                .containsExactly(1L, 2L);
        assertThat(attempts)
                .extracting(span -> span.getAttributes().get(Names.OUTCOME))
                .containsExactly("retry", "dead");
        assertThat(attempts).allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEqualTo("no luck");
            assertThat(span.getAttributes().get(Names.ERROR_TYPE)).isEqualTo("demo");
            assertThat(span.getLinks()).hasSize(1);
        });
    }

    @Test
    void theReceiverOfAnHttpJobGetsTheSpanOfTheAttemptOnce() throws Exception {
        BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().get("traceparent"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            enqueue("{\"http\": {\"url\": \"http://localhost:" + receiver + "/\"}}");
            SpanData consumer = span(SpanKind.CONSUMER, "process");

            assertThat(received.poll(30, TimeUnit.SECONDS))
                    .containsExactly("00-" + consumer.getTraceId() + "-" + consumer.getSpanId() + "-01");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatItsCallerDoesNotSampleIsPassedOnAndNotRecorded() {
        String quiet = CALLER.substring(0, CALLER.length() - 1) + "0";
        String kept =
                enqueue("{\"handler\": \"echo\", \"id\": \"quiet\"}", quiet).getString("traceparent");
        enqueue("{\"handler\": \"echo\", \"id\": \"loud\"}");

        assertThat(kept).startsWith("00-" + TRACE).endsWith("-00");
        assertThat(span(SpanKind.CONSUMER, "process").getAttributes().get(Names.MESSAGE_ID))
                .isEqualTo("loud");
        assertThat(span(SpanKind.PRODUCER, "enqueue").getAttributes().get(Names.MESSAGE_ID))
                .isEqualTo("loud");
    }

    @Test
    void storeAndCanariesHaveNoSpans() {
        enqueue("{\"handler\": \"echo\"}");
        span(SpanKind.CONSUMER, "process");

        assertThat(spans.getFinishedSpanItems())
                .extracting(SpanData::getKind)
                .doesNotContain(SpanKind.CLIENT, SpanKind.INTERNAL);
        assertThat(spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .noneMatch(name -> name.contains("canary"));
    }

    private JsonPath enqueue(String job) {
        return enqueue(job, CALLER);
    }

    private JsonPath enqueue(String job, String traceparent) {
        return given().contentType(ContentType.JSON)
                .header("traceparent", traceparent)
                .header("Prefer", "wait=10")
                .body(job)
                .post("/v1/queues/" + queue + "/jobs")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private SpanData span(SpanKind kind, String operation) {
        return spans(kind, operation, 1).get(0);
    }

    /** Waits for the spans of this test's queue, in the order in which they ended. */
    private List<SpanData> spans(SpanKind kind, String operation, int count) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> spans.getFinishedSpanItems().stream()
                                .filter(span -> span.getKind() == kind)
                                .filter(span -> span.getName().equals(operation + " " + queue))
                                .toList(),
                        found -> found.size() >= count);
    }
}
