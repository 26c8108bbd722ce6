package io.mainstay.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.health.HealthReport;
import io.mainstay.queue.health.InstanceHealth;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.queue.health.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnRecoveriesTest {

    private static final Recovery ONE = new Recovery(
            "first",
            NoticedBy.PROBE,
            Duration.ofSeconds(1),
            1,
            new Recovery.Restored(Optional.empty(), Optional.empty(), Optional.empty()));

    private long nanos;
    private final Report report = new Report();
    private final OwnRecoveries own = new OwnRecoveries(report, () -> nanos);

    @Test
    void nothingIsSaidWhileNothingHappens() {
        assertThat(own.news()).isEmpty();
        own.heard();
        assertThat(own.news()).isEmpty();
    }

    @Test
    void newRecoveryIsSaidUntilTheStoreHasIt() {
        own.news();
        own.heard();
        report.recoveries.add(ONE);
        assertThat(own.news()).contains(List.of(ONE));
        assertThat(own.news()).as("the call failed").isPresent();
        own.heard();
        assertThat(own.news()).isEmpty();
    }

    @Test
    void whatTookLongIsSaidOnceMore() {
        report.recoveries.add(ONE);
        own.news();
        pass(Duration.ofSeconds(2));
        own.heard();
        assertThat(own.news()).isPresent();
        own.heard();
        assertThat(own.news()).isEmpty();
    }

    @Test
    void whoWasForgottenSaysAllAgain() {
        report.recoveries.add(ONE);
        own.news();
        own.heard();
        pass(OwnWorkers.KNOWN_FOR);
        assertThat(own.news()).isPresent();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static final class Report implements HealthReport {

        private final List<Recovery> recoveries = new ArrayList<>();

        @Override
        public InstanceHealth now() {
            return new InstanceHealth(true, Optional.empty(), List.of());
        }

        @Override
        public long version() {
            return recoveries.size();
        }

        @Override
        public List<Recovery> recoveries() {
            return List.copyOf(recoveries);
        }
    }
}
