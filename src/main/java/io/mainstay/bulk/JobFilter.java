package io.mainstay.bulk;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import java.time.Instant;
import java.util.Optional;

/**
 * Picks jobs out of a state for a request about many.
 *
 * @param handler only jobs of this handler
 * @param errorType only jobs whose latest error is of this type
 * @param enqueuedFrom only jobs enqueued then or later
 * @param enqueuedBefore only jobs enqueued before
 */
public record JobFilter(
        Optional<HandlerName> handler,
        Optional<String> errorType,
        Optional<Instant> enqueuedFrom,
        Optional<Instant> enqueuedBefore) {

    public static final JobFilter ALL =
            new JobFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public boolean matches(Job job) {
        Instant enqueuedAt = job.status().times().enqueuedAt();
        return handler.map(job.spec().handler()::equals).orElse(true)
                && errorType.map(type -> type.equals(latestErrorType(job))).orElse(true)
                && enqueuedFrom.map(from -> !enqueuedAt.isBefore(from)).orElse(true)
                && enqueuedBefore.map(enqueuedAt::isBefore).orElse(true);
    }

    private static String latestErrorType(Job job) {
        var errors = job.status().errors();
        return errors.isEmpty() ? null : errors.get(errors.size() - 1).type();
    }
}
