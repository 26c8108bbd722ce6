package io.mainstay.queue;

import io.mainstay.job.JobIds;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.List;

/** Makes {@link JobQueue}s for tests of what enqueues. */
public final class TwinQueues {

    private TwinQueues() {}

    /** A queue on some store, with the limits that the service has by default. */
    public static JobQueue on(JobStore store, Clock clock) {
        JobsConfig config = new SmallRyeConfigBuilder()
                .withMapping(JobsConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .build()
                .getConfigMapping(JobsConfig.class);
        return new JobQueue(store, config, new TestObservers(List.of()), new JobIds(), clock, JobTracer.NONE);
    }
}
