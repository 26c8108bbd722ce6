package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import java.util.Optional;

/**
 * Picks jobs out of a state for a request about many.
 *
 * @param handler only jobs of this handler
 * @param errorType only jobs whose latest error is of this type
 */
public record JobFilter(Optional<HandlerName> handler, Optional<String> errorType) {

    public boolean matches(Job job) {
        return handler.map(job.spec().handler()::equals).orElse(true)
                && errorType.map(type -> type.equals(latestErrorType(job))).orElse(true);
    }

    private static String latestErrorType(Job job) {
        var errors = job.status().errors();
        return errors.isEmpty() ? null : errors.get(errors.size() - 1).type();
    }
}
