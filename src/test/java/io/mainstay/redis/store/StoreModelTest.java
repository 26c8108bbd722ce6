package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.queue.TwinUnderTest;
import io.mainstay.redis.RedisServerForTests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * The Redis store answers as its in-memory twin does, over random operations. To repeat a run:
 * {@code -Dmainstay.model.seed=…}; for a longer one: {@code -Dmainstay.model.steps=…}.
 */
class StoreModelTest {

    private static final Logger LOG = Logger.getLogger(StoreModelTest.class);
    private static final int STEPS = Integer.getInteger("mainstay.model.steps", 10_000);
    private static final int SWEEP_LIMIT = 2;
    /** So few that ids come free again. */
    private static final int MOST_REMEMBERED = 3;

    private static final Duration REMEMBERED_FOR = Duration.ofHours(1);
    private static final Map<String, String> CONFIG = Map.of(
            "mainstay.redis.sweep-limit",
            "" + SWEEP_LIMIT,
            "mainstay.jobs.aging",
            OperationSource.MOMENT.toString(),
            "mainstay.retention.min-age",
            REMEMBERED_FOR.toString(),
            "mainstay.retention.max-remembered",
            "" + MOST_REMEMBERED);

    private static final String[] MUST_BE_MET = {
        "Enqueue Created",
        "Enqueue Existing",
        "Enqueue Deleted",
        "Survey forgotten ids",
        "Enqueue unique key",
        "Enqueue wait in queue",
        "Requeue KeyTaken",
        "Survey expired",
        "Survey deadline",
        "Survey replaced",
        "Find none",
        "Find line 1",
        "Find line 2",
        "Find progress:0",
        "Find snoozes:1",
        "Survey snoozed-too-often",
        "Note noted 0",
        "Note noted 1",
        "Explain none",
        "Explain NOT_DUE",
        "Explain RUNNING",
        "Explain ENDED",
        "ListPage and more",
        "ListPage and no more",
        "Cancel Applied",
        "Cancel NotAllowed",
        "Cancel NotFound",
        "Requeue Applied",
        "Requeue NotAllowed",
        "Requeue NotFound",
        "ChangeMany CANCEL some",
        "ChangeMany CANCEL none",
        "ChangeMany REQUEUE some",
        "ChangeMany DELETE some",
        "ChangeMany and more",
        "ChangeMany and no more",
        "Claim more:true",
        "Claim more:false",
        "Claim next:overdue",
        "Claim next:later",
        "Claim next:never",
        "Claim lease-expired",
        "Claim not-received",
        "Claim returned:1",
        "Settle SUCCEEDED",
        "Settle SCHEDULED",
        "Settle READY",
        "Settle DEAD",
        "Settle Refused",
        "Extend lost []",
        "Extend lost [L",
        "Extend cancelled=true",
        "Prune pruned 0",
        "Prune pruned 1",
        "Explain WAITING_FOR_PARENTS",
        "Survey IN_LINE",
        "Survey HANDLER_PAUSED",
        "Survey CONCURRENCY",
        "Survey RATE",
        "Survey GROUP_CONCURRENCY",
        "Survey GROUP_RATE",
        "Survey GROUP_ORDER",
        "FlowCreate Created",
        "FlowCreate Existing",
        "FlowTell none",
        "FlowTell WAIT",
        "FlowTell RUN",
        "FlowTell CANCEL",
        "FlowDue WAIT",
        "FlowDue RUN",
        "FlowDue CANCEL",
        "FlowFind none",
        "FlowFind open",
        "FlowFind over",
        "FlowParents none",
        "FlowParents resultLeftOut=true",
        "FlowPlace made",
        "FlowPlace moved",
        "FlowPlace left",
        "FlowNews #1",
        "FlowNews #2",
        "FlowNewsOf none",
        "FlowNewsOf #1",
        "StepClock stepped back",
        "StepClock stepped forward"
    };

    private static TwinUnderTest twin(int sweepLimit) {
        return TwinUnderTest.open(sweepLimit, OperationSource.MOMENT, REMEMBERED_FOR, MOST_REMEMBERED);
    }

    private final long seed = Long.getLong("mainstay.model.seed", new Random().nextLong());

    @Test
    void redisAnswersAsTheTwinDoes() {
        LOG.infof("Model run of %d steps with seed %d", STEPS, seed);
        try (RedisUnderTest tested = new RedisUnderTest(RedisServerForTests.address(), CONFIG);
                TwinUnderTest twin = twin(SWEEP_LIMIT)) {
            Map<String, Integer> seen = new ModelRun(twin, tested, seed).run(STEPS);

            LOG.infof("Operations and answers met: %s", seen);
            assertThat(idsUnder(tested, ":payload:"))
                    .as("jobs that have a payload, seed %d", seed)
                    .isEqualTo(idsUnder(tested, ":job:"));
        }
    }

    private static Set<String> idsUnder(RedisUnderTest redis, String kind) {
        return redis.send(Request.cmd(Command.KEYS).arg("ms:{*}" + kind + "*")).stream()
                .map(key -> key.toString().replace(kind, " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without this a run that never gets anywhere would look like a store that is always right. */
    @Test
    void runMeetsEveryKindOfAnswer() {
        try (TwinUnderTest one = twin(SWEEP_LIMIT);
                TwinUnderTest other = twin(SWEEP_LIMIT)) {
            ModelRun run = new ModelRun(one, other, seed);
            Map<String, Integer> seen = run.run(10_000);
            // A rare one may be missed by chance once, hardly so often.
            for (int more = 0; more < 9 && !seen.keySet().containsAll(List.of(MUST_BE_MET)); more++) {
                seen = run.run(10_000);
            }

            assertThat(seen).as("seed %d", seed).containsKeys(MUST_BE_MET);
        }
    }

    @Test
    void runFindsADifference() {
        try (TwinUnderTest one = twin(SWEEP_LIMIT);
                TwinUnderTest other = twin(SWEEP_LIMIT + 1)) {
            var run = new ModelRun(one, other, seed);

            assertThatThrownBy(() -> run.run(10_000))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("seed " + seed);
        }
    }
}
