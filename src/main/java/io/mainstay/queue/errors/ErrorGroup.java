package io.mainstay.queue.errors;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.time.Instant;

/**
 * Dead jobs of a queue whose latest error is the same but for numbers and ids.
 *
 * @param fingerprint of handler, type and message
 * @param handler of all of them; of one that could not be read {@code unreadable}
 * @param message what they have in common, with placeholders where they differ
 * @param jobs how many are dead; fewer than there are if the group was forgotten in between, because there were too many groups
 * @param firstSeen when the first of them died
 * @param lastSeen when the latest one did
 * @param example the latest one
 */
public record ErrorGroup(
        QueueName queue,
        String fingerprint,
        String handler,
        String type,
        String message,
        long jobs,
        Instant firstSeen,
        Instant lastSeen,
        JobId example) {

    /** The same group of two places of a queue. */
    public ErrorGroup plus(ErrorGroup other) {
        ErrorGroup latest = other.lastSeen.isAfter(lastSeen) ? other : this;
        return new ErrorGroup(
                queue,
                fingerprint,
                handler,
                type,
                message,
                jobs + other.jobs,
                firstSeen.isBefore(other.firstSeen) ? firstSeen : other.firstSeen,
                latest.lastSeen,
                latest.example);
    }
}
