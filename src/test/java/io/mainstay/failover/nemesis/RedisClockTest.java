package io.mainstay.failover.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.Requirement;
import io.mainstay.process.RedisNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisClockTest {

    private static final long TOLERANCE = 60;

    @BeforeEach
    void wanted() {
        Requirement.LIBFAKETIME.assume(RedisClock.installed());
    }

    @Test
    void clockOfARunningRedisIsSteppedBothWays() {
        try (RedisClock clock = new RedisClock();
                RedisNode redis = clock.start().awaitUp()) {
            for (int by : new int[] {-600, 600, 0}) {
                clock.step(Duration.ofSeconds(by));

                assertThat(time(redis) - Instant.now().getEpochSecond()).isBetween(by - TOLERANCE, by + TOLERANCE);
            }
        }
    }

    private static long time(RedisNode redis) {
        return Long.parseLong(redis.call("TIME").lines().findFirst().orElseThrow());
    }
}
