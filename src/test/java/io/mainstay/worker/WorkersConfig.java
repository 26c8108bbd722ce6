package io.mainstay.worker;

import io.mainstay.due.PollConfig;
import io.mainstay.queue.JobsConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Configuration as the service would read it: the defaults, but for what a test says. */
final class WorkersConfig {

    private WorkersConfig() {}

    static WorkerConfig worker(int concurrency, Duration gracePeriod) {
        return read(
                WorkerConfig.class,
                Map.of("mainstay.worker.concurrency", concurrency, "mainstay.worker.grace-period", gracePeriod));
    }

    static LeaseConfig lease(Duration duration) {
        return read(LeaseConfig.class, Map.of("mainstay.lease.duration", duration));
    }

    static PollConfig poll(Duration interval, Duration fastInterval) {
        return read(
                PollConfig.class,
                Map.of("mainstay.poll.interval", interval, "mainstay.poll.fast-interval", fastInterval));
    }

    /** @param maxPayload bounds results too */
    static JobsConfig jobs(long maxPayload, int maxSnoozes) {
        return read(
                JobsConfig.class,
                Map.of("mainstay.jobs.max-payload", maxPayload, "mainstay.jobs.max-snoozes", maxSnoozes));
    }

    private static <T> T read(Class<T> mapping, Map<String, ?> values) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(mapping);
        values.forEach((key, value) -> builder.withDefaultValue(key, value.toString()));
        return builder.build().getConfigMapping(mapping);
    }
}
