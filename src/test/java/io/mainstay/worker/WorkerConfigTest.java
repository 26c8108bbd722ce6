package io.mainstay.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.due.PollConfig;
import io.mainstay.job.InvalidValueException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerConfigTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void boundsAreAllowed() {
        assertThatCode(() -> {
                    WorkerConfig.check(WorkersConfig.worker(1, Duration.ZERO));
                    WorkerConfig.check(WorkersConfig.worker(10_000, Duration.ofHours(1)));
                    LeaseConfig.check(WorkersConfig.lease(SECOND));
                    PollConfig.check(WorkersConfig.poll(Duration.ofMillis(20), Duration.ofMinutes(1)));
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT1S, concurrency",
        "10001, PT1S, concurrency",
        "1, PT1H0.001S, grace-period",
        "1, PT-1S, grace-period"
    })
    void workersOutOfBoundsAreRefused(int concurrency, Duration grace, String key) {
        WorkerConfig config = WorkersConfig.worker(concurrency, grace);

        assertThatThrownBy(() -> WorkerConfig.check(config))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.worker." + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT10M1S"})
    void leaseOutOfBoundsIsRefused(Duration duration) {
        LeaseConfig config = WorkersConfig.lease(duration);

        assertThatThrownBy(() -> LeaseConfig.check(config))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("mainstay.lease.duration is '%s', but must be between PT1S and PT10M", duration);
    }

    @Test
    void pollsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> PollConfig.check(WorkersConfig.poll(Duration.ofMillis(19), SECOND)))
                .hasMessageContaining("mainstay.poll.interval");
        assertThatThrownBy(() -> PollConfig.check(WorkersConfig.poll(SECOND, Duration.ofSeconds(61))))
                .hasMessageContaining("mainstay.poll.fast-interval");
    }
}
