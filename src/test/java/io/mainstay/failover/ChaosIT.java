package io.mainstay.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Random faults, one after the other, under a steady flow of jobs of durability replica, so that none may be lost though
 * primaries are. {@code -Dmainstay.chaos.faults} says how many, {@code -Dmainstay.chaos.seed} repeats a run.
 */
@EnabledIfSystemProperty(named = "mainstay.chaos", matches = "true", disabledReason = "long: -Pchaos")
class ChaosIT {

    private static final String QUEUE = "chaos";
    private static final int PER_SECOND = 50;
    private static final int FAULTS = Integer.getInteger("mainstay.chaos.faults", 1000);
    private static final long SEED = Long.getLong("mainstay.chaos.seed", new Random().nextLong());
    private static final int WARM_FAULTS = Math.max(1, FAULTS / 10);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MORE_CONNECTIONS = 4;
    private static final int MORE_THREADS = 10;
    private static final long MORE_HEAP = 20_000_000;

    @Test
    void nothingIsLostNothingIsStuckNothingGrows() throws InterruptedException {
        System.out.printf("%d faults, -Dmainstay.chaos.seed=%d%n", FAULTS, SEED);
        RandomFaults faults = new RandomFaults(SEED);
        try (OneAddress site = new OneAddress(1, Map.of())) {
            StoredJobs jobs = new StoredJobs(site::primary, QUEUE);
            Trial<OneAddress> trial = new Trial<>(site, QUEUE);
            Vitals before = null;
            List<Answer> answers;
            try (Traffic traffic = new Traffic(site.front(), QUEUE, PER_SECOND, "\"durability\": \"replica\",")) {
                await("jobs flow before the first fault").until(() -> jobs.count("succeeded") > 0);
                for (int i = 1; i <= FAULTS; i++) {
                    strike(i, faults.next(), trial, jobs);
                    if (i == WARM_FAULTS) {
                        before = Vitals.of(site);
                    }
                }
                answers = traffic.end();
            }
            List<String> acknowledged = answers.stream()
                    .filter(Answer::acknowledged)
                    .map(Answer::id)
                    .toList();
            await("every acknowledged job ends, seed " + SEED)
                    .untilAsserted(() -> assertThat(jobs.notEnded(acknowledged)).isEmpty());
            System.out.printf(
                    "%d of %d requests acknowledged, all of them ended; %d jobs were begun again%n",
                    acknowledged.size(), answers.size(), jobs.runAgain());
            assertDidNotGrow(before, Vitals.of(site));
        }
    }

    private static void strike(int number, RandomFaults.Drawn drawn, Trial<OneAddress> trial, StoredJobs jobs)
            throws InterruptedException {
        Instant answerable = drawn.fault().strike(trial);
        await("fault %d (%s): a job is begun and done, seed %d".formatted(number, drawn.name(), SEED))
                .until(() -> jobs.firstDoneFrom(answerable).isPresent());
        System.out.printf(
                "fault %d (%s): %d ms%n",
                number,
                drawn.name(),
                Duration.between(answerable, jobs.firstDoneFrom(answerable).orElseThrow())
                        .toMillis());
    }

    private static void assertDidNotGrow(Vitals before, Vitals after) {
        System.out.printf("before %s, after %s%n", before, after);
        assertThat(after.connections()).as("connections").isLessThanOrEqualTo(before.connections() + MORE_CONNECTIONS);
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + MORE_THREADS);
        assertThat(after.heap()).as("heap").isLessThanOrEqualTo(before.heap() + MORE_HEAP);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }
}
