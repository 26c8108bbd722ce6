package io.mainstay.queue;

import io.mainstay.job.JobIds;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.List;

/** The facade of queues with the limits it has by default, for tests of other packages. */
public final class TestQueue {

    private TestQueue() {}

    public static JobQueue of(JobStore store) {
        JobsConfig config = new SmallRyeConfigBuilder()
                .withMapping(JobsConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .build()
                .getConfigMapping(JobsConfig.class);
        return new JobQueue(
                store, config, new TestObservers(List.of()), new JobIds(), Clock.systemUTC(), JobTracer.NONE);
    }
}
