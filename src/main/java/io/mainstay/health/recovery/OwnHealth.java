package io.mainstay.health.recovery;

import io.mainstay.health.StallReason;
import io.mainstay.health.StoreStatus;
import io.mainstay.health.WatchdogStatus;
import io.mainstay.queue.health.HealthReport;
import io.mainstay.queue.health.InstanceHealth;
import io.mainstay.queue.health.Recovery;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** {@link HealthReport} of what the watchdog and connections tell. */
@Singleton
class OwnHealth implements HealthReport {

    private final WatchdogStatus watchdog;
    private final RecoveryLog log;

    OwnHealth(WatchdogStatus watchdog, RecoveryLog log) {
        this.watchdog = watchdog;
        this.log = log;
    }

    @Override
    public InstanceHealth now() {
        return new InstanceHealth(
                watchdog.alive(),
                watchdog.reason().map(StallReason::slug),
                watchdog.stores().stream().map(this::ofStore).toList());
    }

    private InstanceHealth.OfStore ofStore(StoreStatus status) {
        StoreConnections connections = log.connections(status.name());
        return new InstanceHealth.OfStore(
                status.name(),
                status.takesJobs(),
                connections.links(),
                connections.subscription().name().toLowerCase(Locale.ROOT),
                status.canaryAge());
    }

    @Override
    public long version() {
        return log.version();
    }

    @Override
    public List<Recovery> recoveries() {
        return log.latest();
    }
}
