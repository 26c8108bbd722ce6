package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.health.SubscriptionState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SubscriptionMetersTest {

    private long now = 1;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SubscriptionMeters meters = new SubscriptionMeters(registry, StoreLabel.FIRST, () -> now);

    @Test
    void presentStateIsOneAndTheOthersAreZero() {
        assertThat(state("connecting")).isEqualTo(1);

        meters.subscriptionChanged(SubscriptionState.LIVE);
        meters.subscriptionChanged(SubscriptionState.SUSPECT);

        assertThat(state("suspect")).isEqualTo(1);
        assertThat(state("connecting") + state("live") + state("down")).isZero();
    }

    @Test
    void transitionsAreCountedByWhereTheyLead() {
        meters.subscriptionChanged(SubscriptionState.LIVE);
        meters.subscriptionChanged(SubscriptionState.DOWN);
        meters.subscriptionChanged(SubscriptionState.LIVE);

        assertThat(count("mainstay.subscription.transitions", "to", "live")).isEqualTo(2);
        assertThat(count("mainstay.subscription.transitions", "to", "down")).isEqualTo(1);
        assertThat(count("mainstay.subscription.transitions", "to", "suspect")).isZero();
    }

    @Test
    void ageOfTheProofGrowsUntilTheNext() {
        assertThat(age()).isNaN();

        meters.wakeUpProven(Duration.ofMillis(3));
        now += TimeUnit.MILLISECONDS.toNanos(1500);
        assertThat(age()).isEqualTo(1.5);

        meters.wakeUpProven(Duration.ofMillis(5));
        assertThat(age()).isZero();
        assertThat(registry.get("mainstay.subscription.canary.travel").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(8);
    }

    @Test
    void noticesAreCountedByKind() {
        meters.maintenanceAnnounced("starting");
        meters.maintenanceAnnounced("starting");
        meters.maintenanceAnnounced("ended");

        assertThat(count("mainstay.redis.maintenance.notices", "notification", "starting"))
                .isEqualTo(2);
        assertThat(count("mainstay.redis.maintenance.notices", "notification", "ended"))
                .isEqualTo(1);
    }

    private double state(String label) {
        return registry.get("mainstay.subscription.state")
                .tag("state", label)
                .gauge()
                .value();
    }

    private double age() {
        return registry.get("mainstay.subscription.canary.age").gauge().value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
