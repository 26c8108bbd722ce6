package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.TwinUnderTest;
import io.mainstay.redis.RedisServerForTests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
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
    static final int SWEEP_LIMIT = 2;
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

    static TwinUnderTest twin(int sweepLimit) {
        return TwinUnderTest.open(sweepLimit, OperationSource.MOMENT, REMEMBERED_FOR, MOST_REMEMBERED);
    }

    private final long seed = Long.getLong("mainstay.model.seed", new Random().nextLong());

    @Test
    void redisAnswersAsTheTwinDoes() {
        LOG.infof("Model run of %d steps with seed %d", STEPS, seed);
        try (RedisUnderTest tested = new RedisUnderTest(RedisServerForTests.address(), CONFIG);
                TwinUnderTest twin = twin(SWEEP_LIMIT)) {
            Map<String, Integer> seen = new ModelRun(twin, tested, seed)
                    .checking(() -> tested.lacking(OperationSource.QUEUES))
                    .run(STEPS);

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
}
