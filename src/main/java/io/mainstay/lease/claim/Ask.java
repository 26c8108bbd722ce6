package io.mainstay.lease.claim;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.places.QueuePlaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a worker asks for.
 *
 * @param worker its name
 * @param max most jobs
 * @param lease how long it wants to have them
 * @param name under which it claims, so that its repeat gets the same jobs; null for one of ours
 */
record Ask(String worker, List<QueueName> queues, Set<HandlerName> handlers, int max, Duration lease, Name name) {

    /**
     * Follows from an idempotency key: the same on every instance.
     *
     * @param claimant of caller, worker, queues and key
     * @param token of these and what else was asked for
     */
    record Name(String claimant, String token) {}

    /** Whether its jobs wait for its repeat, should it go away. */
    boolean repeatable() {
        return name != null;
    }

    /** The same with the words of its line, so that what the request brought is not held while it waits. */
    Ask with(Line.Key key) {
        return new Ask(worker, List.copyOf(key.queues()), key.handlers(), max, lease, name);
    }

    /** The same for all places of its queues. */
    Ask over(QueuePlaces places) {
        List<QueueName> all =
                queues.stream().flatMap(queue -> places.places(queue).stream()).toList();
        return new Ask(worker, all, handlers, max, lease, name);
    }

    /** The same, its token that of the period in which it came. */
    Ask at(Instant now) {
        return new Ask(worker, queues, handlers, max, lease, RequestNames.at(name, lease, now));
    }

    /** Whether jobs that were claimed for the other one may go to it. */
    boolean takesFor(Ask other) {
        return !repeatable() && !other.repeatable() && worker.equals(other.worker) && lease.equals(other.lease);
    }
}
