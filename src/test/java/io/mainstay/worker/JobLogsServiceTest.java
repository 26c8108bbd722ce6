package io.mainstay.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged while a job runs says which job it is, and nothing else does. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class JobLogsServiceTest {

    private static final String CATEGORY = "job-logs-test";
    private static final Logger LOG = Logger.getLogger(CATEGORY);

    /** Logs on its thread, and leaves a field behind. */
    @Singleton
    @Identifier("logs-on-thread")
    static class OnThread implements JobHandler {
        @Override
        public Outcome run(JobContext job) {
            LOG.info("on thread " + job.id());
            MDC.put("leftover", job.id());
            return Outcome.success();
        }
    }

    /** Logs when it starts, and again from a timer, while others do the same on the same event loop. */
    @Singleton
    @Identifier("logs-on-context")
    static class OnContext implements AsyncJobHandler {

        private final Vertx vertx;

        OnContext(Vertx vertx) {
            this.vertx = vertx;
        }

        @Override
        public Uni<Outcome> start(JobContext job) {
            LOG.info("started " + job.id());
            return Uni.createFrom()
                    .emitter(emitter -> vertx.setTimer(50, fired -> {
                        LOG.info("timer " + job.id());
                        emitter.complete(Outcome.success());
                    }));
        }
    }

    private final List<Map<String, String>> fields = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            fields.add(((ExtLogRecord) line).getMdcCopy());
            messages.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        java.util.logging.Logger.getLogger(CATEGORY).addHandler(recorder);
    }

    @AfterEach
    void unlisten() {
        java.util.logging.Logger.getLogger(CATEGORY).removeHandler(recorder);
    }

    @Test
    void handlersOnThreadsLogTheirOwnJob() {
        // One after the other, so that the thread is the same if threads are pooled.
        for (String id : List.of("first", "second")) {
            enqueue("logs-on-thread", id);
            await().atMost(Duration.ofSeconds(20)).until(() -> messages.contains("on thread " + id));
        }

        assertThat(fields).containsExactly(fieldsOf("logs-on-thread", "first"), fieldsOf("logs-on-thread", "second"));
    }

    @Test
    void handlersOnTheLoopLogTheirOwnJobInCallbacksToo() {
        List<String> ids = List.of("a", "b", "c");
        ids.forEach(id -> enqueue("logs-on-context", id));
        await().atMost(Duration.ofSeconds(20)).until(() -> messages.size() == 2 * ids.size());

        for (int i = 0; i < messages.size(); i++) {
            String id = messages.get(i).split(" ")[1];
            assertThat(fields.get(i)).as(messages.get(i)).isEqualTo(fieldsOf("logs-on-context", id));
        }
    }

    @Test
    void outsideOfJobsThereIsNothing() {
        LOG.info("outside");

        assertThat(fields).containsExactly(Map.of());
    }

    private static Map<String, String> fieldsOf(String handler, String id) {
        return Map.of("jobId", id, "queue", "logs", "handler", handler, "attempt", "1");
    }

    private static void enqueue(String handler, String id) {
        given().contentType(ContentType.JSON)
                .body("{\"id\": \"%s\", \"handler\": \"%s\"}".formatted(id, handler))
                .post("/v1/queues/logs/jobs")
                .then()
                .statusCode(201);
    }
}
