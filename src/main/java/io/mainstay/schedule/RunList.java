package io.mainstay.schedule;

import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** The next runs of a schedule as shown. */
@RegisterForReflection
public record RunList(List<String> runs) {

    static RunList of(List<Instant> runs) {
        return new RunList(runs.stream().map(JobSerializer::text).toList());
    }
}
