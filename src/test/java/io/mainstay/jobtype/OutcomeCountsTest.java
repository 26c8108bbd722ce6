package io.mainstay.jobtype;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.attempt.StartedAttempt;
import io.mainstay.redis.Configured;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutcomeCountsTest {

    private static final HandlerName MAIL = new HandlerName("mail");
    private static final QueueName QUEUE = new QueueName("work");
    private static final Duration RAN = Duration.ofMillis(1);

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryHandlerStore store = new InMemoryHandlerStore(Instant::now);
    private final DeclaredHandlers handlers =
            new DeclaredHandlers(store, new DeclarationReading(Configured.by(JobsConfig.class, Map.of())));
    private final Holds holds = new Holds(handlers);
    private final OutcomeCounts counts = new OutcomeCounts(vertx, store, handlers, holds, new JobIds());

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nothingIsToldOfHandlersWithoutPolicy() {
        declare("{}", Optional.empty());
        for (int i = 0; i < 1000; i++) {
            counts.finished(attempt(), JobState.DEAD, RAN);
        }

        assertThat(store.counts()).isZero();
        assertThat(holds.mayClaim(QUEUE, MAIL)).isTrue();
    }

    @Test
    void failuresThatWouldDoStopClaimsAtOnceAndHold() {
        declareHold();
        for (int i = 0; i < 3; i++) {
            assertThat(holds.mayClaim(QUEUE, MAIL)).isTrue();
            counts.finished(attempt(), JobState.SCHEDULED, RAN);
        }

        assertThat(holds.mayClaim(QUEUE, MAIL)).isFalse();
        await(() -> holds.held(MAIL));
        assertThat(holds.hold(MAIL).orElseThrow().failed()).isEqualTo(3);
    }

    @Test
    void failuresThatAreNotSettledStopClaimsForAWhile() {
        declareHold();
        for (int i = 0; i < 3; i++) {
            counts.failing(attempt());
        }
        assertThat(holds.mayClaim(QUEUE, MAIL)).isFalse();

        for (int i = 0; i < 3; i++) {
            counts.refused(attempt());
        }

        await(() -> holds.mayClaim(QUEUE, MAIL));
        assertThat(holds.held(MAIL)).isFalse();
    }

    @Test
    void whatWasGivenBackCountsAsNothing() {
        declareHold();
        for (int i = 0; i < 10; i++) {
            counts.finished(attempt(), JobState.READY, RAN);
        }

        assertThat(store.counts()).isZero();
    }

    @Test
    void successAnywhereKeepsItFromBeingHeld() {
        declareHold();
        counts.snoozed(attempt(), RAN);
        await(() -> store.counts() == 1);
        OutcomeCounts another = new OutcomeCounts(vertx, store, handlers, holds, new JobIds());
        for (int i = 0; i < 10; i++) {
            another.finished(attempt(), JobState.DEAD, RAN);
        }
        await(() -> store.counts() > 1 && holds.mayClaim(QUEUE, MAIL));

        assertThat(holds.held(MAIL)).isFalse();
    }

    @Test
    void successOfAProbeResumes() {
        declareHold();
        for (int i = 0; i < 3; i++) {
            counts.finished(attempt(), JobState.DEAD, RAN);
        }
        await(() -> holds.held(MAIL));

        counts.finished(attempt(), JobState.SUCCEEDED, RAN);

        await(() -> !holds.held(MAIL) && holds.mayClaim(QUEUE, MAIL));
    }

    @Test
    void nothingWaitsForAStoreThatIsAway() {
        declareHold();
        store.away(true);
        for (int i = 0; i < 3; i++) {
            counts.finished(attempt(), JobState.DEAD, RAN);
        }
        await(() -> holds.mayClaim(QUEUE, MAIL));
        store.away(false);

        await(() -> holds.held(MAIL));
    }

    @Test
    void manyJobsAreToldOfTogether() {
        declareHold();
        for (int i = 0; i < 10_000; i++) {
            counts.finished(attempt(), JobState.SUCCEEDED, RAN);
        }
        await(() -> store.counts() > 0);

        assertThat(store.counts()).isLessThan(5);
    }

    private void declareHold() {
        declare("{\"hold\":{\"after\":3}}", Optional.of(new HoldPolicy(3, Duration.ofMinutes(5))));
    }

    private void declare(String text, Optional<HoldPolicy> hold) {
        store.put(MAIL, text, hold, "t").await().indefinitely();
        handlers.refresh().await().indefinitely();
    }

    private static StartedAttempt attempt() {
        Instant now = Instant.now();
        return new StartedAttempt(QUEUE, new JobId("j"), MAIL, 1, now, now);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }
}
