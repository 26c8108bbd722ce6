package io.mainstay.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.QueueName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The memory of a queue as shown. @param bytes null, and not shown, if Redis does not say */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record MemoryView(String queue, long jobs, Long bytes, int sampled) {

    static MemoryView of(QueueName queue, QueueMemory memory) {
        return new MemoryView(queue.value(), memory.jobs(), memory.bytes().orElse(null), memory.sampled());
    }
}
