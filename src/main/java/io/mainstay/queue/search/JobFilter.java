package io.mainstay.queue.search;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import java.time.Instant;
import java.util.Optional;

/**
 * Picks jobs out of a state, for a list or for a request about many.
 *
 * @param handler only jobs of this handler
 * @param group only jobs of this group
 * @param errorType only jobs whose latest error is of this type
 * @param error only dead jobs of this group of errors, by its fingerprint
 * @param enqueuedFrom only jobs enqueued then or later
 * @param enqueuedBefore only jobs enqueued before
 */
public record JobFilter(
        Optional<HandlerName> handler,
        Optional<String> group,
        Optional<String> errorType,
        Optional<String> error,
        Optional<Instant> enqueuedFrom,
        Optional<Instant> enqueuedBefore) {

    public static final JobFilter ALL = new JobFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public boolean isAll() {
        return equals(ALL);
    }

    public JobFilter withHandler(HandlerName name) {
        return new JobFilter(Optional.of(name), group, errorType, error, enqueuedFrom, enqueuedBefore);
    }

    public JobFilter withGroup(String id) {
        return new JobFilter(handler, Optional.of(id), errorType, error, enqueuedFrom, enqueuedBefore);
    }

    public JobFilter withErrorType(String type) {
        return new JobFilter(handler, group, Optional.of(type), error, enqueuedFrom, enqueuedBefore);
    }

    public JobFilter withError(String fingerprint) {
        return new JobFilter(handler, group, errorType, Optional.of(fingerprint), enqueuedFrom, enqueuedBefore);
    }

    public JobFilter enqueued(Optional<Instant> from, Optional<Instant> before) {
        return new JobFilter(handler, group, errorType, error, from, before);
    }

    /** Whether a job is picked as far as the job itself tells: its group of errors is known to the store alone. */
    public boolean matches(Job job) {
        Instant enqueuedAt = job.status().times().enqueuedAt();
        return handler.map(job.spec().handler()::equals).orElse(true)
                && group.map(id -> id.equals(groupOf(job))).orElse(true)
                && errorType.map(type -> type.equals(latestErrorType(job))).orElse(true)
                && enqueuedFrom.map(from -> !enqueuedAt.isBefore(from)).orElse(true)
                && enqueuedBefore.map(enqueuedAt::isBefore).orElse(true);
    }

    private static String groupOf(Job job) {
        var group = job.spec().options().group();
        return group == null ? null : group.id();
    }

    private static String latestErrorType(Job job) {
        var errors = job.status().errors();
        return errors.isEmpty() ? null : errors.get(errors.size() - 1).type();
    }
}
