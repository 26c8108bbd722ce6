package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartDelaysTest {

    private static final QueueName WATCHED = new QueueName("nightly");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final QueueLabels labels = new QueueLabels(100, Set.of(WATCHED));
    private final StartDelays delays = new StartDelays(registry, labels, 2);

    @Test
    void theFirstQueuesAreToldApartAndAllOthersTogether() {
        record("a", 1);
        record("b", 2);
        record("c", 3);
        record("d", 4);

        assertThat(count("a")).isEqualTo(1);
        assertThat(count("b")).isEqualTo(2);
        assertThat(count(QueueLabels.OTHER)).isEqualTo(7);
        assertThat(timer("a").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    }

    @Test
    void aQueueThatIsFarBusierTakesThePlaceOfTheLeastBusy() {
        record("a", 10);
        record("b", 3);
        record("c", 5);
        delays.rank();
        assertThat(timer("c")).isNull();

        record("c", 20);
        delays.rank();

        assertThat(timer("b")).isNull();
        record("c", 1);
        assertThat(count("c")).isEqualTo(1);
        record("b", 1);
        assertThat(count(QueueLabels.OTHER)).isEqualTo(26);
    }

    @Test
    void watchedQueueKeepsItsPlaceWhateverHappens() {
        record("a", 10);
        record("b", 10);
        record("c", 100);
        delays.rank();

        record(WATCHED.value(), 1);
        assertThat(count(WATCHED.value())).isEqualTo(1);
    }

    @Test
    void aQueueThatIsDroppedMakesRoom() {
        record("a", 1);
        record("b", 1);
        delays.drop(new QueueName("a"));
        record("c", 1);

        assertThat(timer("a")).isNull();
        assertThat(count("c")).isEqualTo(1);
    }

    @Test
    void delaysBelowZeroCountAsNone() {
        delays.record(new QueueName("a"), Duration.ofMillis(-5));

        assertThat(timer("a").totalTime(TimeUnit.MILLISECONDS)).isZero();
    }

    private void record(String queue, int times) {
        for (int i = 0; i < times; i++) {
            delays.record(new QueueName(queue), Duration.ofMillis(40));
        }
    }

    private long count(String queue) {
        return timer(queue).count();
    }

    private Timer timer(String queue) {
        return registry.find("mainstay.job.start.delay").tag("queue", queue).timer();
    }
}
