package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.attempt.StartedAttempt;

/**
 * A job that died.
 *
 * @param attempt its last one, from 1; 0 if none began
 * @param errorType of its last error, see {@link io.mainstay.job.AttemptError#type()}
 * @param reported whether its worker said so; else a claim found it: its lease ran out, or it is too late for it
 */
public record JobDeath(
        QueueName queue, JobId id, HandlerName handler, int attempt, String errorType, boolean reported) {

    /** One that a report ended. */
    public static JobDeath reported(StartedAttempt attempt, Settlement settlement) {
        String type = settlement instanceof Settlement.Fail fail
                ? fail.type()
                : settlement instanceof Settlement.Snooze ? "snoozed-too-often" : "unknown";
        return new JobDeath(attempt.queue(), attempt.id(), attempt.handler(), attempt.attempt(), type, true);
    }
}
