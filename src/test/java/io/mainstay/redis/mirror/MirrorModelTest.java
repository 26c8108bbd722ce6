package io.mainstay.redis.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Two stores of a mirrored queue under random losses. To repeat a run: {@code -Dmainstay.model.seed=…}; for a longer one: {@code
 * -Dmainstay.model.steps=…}.
 */
class MirrorModelTest {

    private static final Logger LOG = Logger.getLogger(MirrorModelTest.class);

    @Test
    void noAcknowledgedJobIsLostAndNoneThatEndedRunsAgain() {
        Random seeds = new Random();
        for (int run = 0; run < Integer.getInteger("mainstay.model.runs", 1); run++) {
            run(Long.getLong("mainstay.model.seed", seeds.nextLong()));
        }
    }

    private static void run(long seed) {
        MirrorModel model = new MirrorModel(seed);
        try {
            Map<String, Integer> seen = model.run(Integer.getInteger("mainstay.model.steps", 700));
            LOG.infof("seed %d met %s", seed, seen);
            assertThat(seen).isNotEmpty();
        } finally {
            model.close();
        }
    }
}
