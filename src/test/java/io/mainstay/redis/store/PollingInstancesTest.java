package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueStore;
import io.mainstay.redis.RedisServerForTests;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Instances on one store know how many they are. */
class PollingInstancesTest {

    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void thoseThatPolledLatelyAreCounted() {
        String address = RedisServerForTests.address();
        RedisUnderTest first = new RedisUnderTest(address, 100);
        RedisUnderTest second = new RedisUnderTest(new RedisOptions().setConnectionString(address), address, Map.of());
        try {
            assertThat(polling(first.due(), HOUR)).isEqualTo(1);
            assertThat(polling(second.due(), MOMENT)).isEqualTo(1);
            assertThat(polling(first.due(), HOUR)).isEqualTo(2);
            first.letPass(MOMENT.plusMillis(5));
            assertThat(polling(first.due(), HOUR)).isEqualTo(1);
        } finally {
            second.close();
            first.close();
        }
    }

    private static int polling(DueStore store, Duration validFor) {
        return store.polling(validFor).await().atMost(Duration.ofSeconds(30));
    }
}
