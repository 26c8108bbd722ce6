package io.mainstay.queue;

import io.mainstay.job.Deadline;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobSpec;
import io.mainstay.job.NewJob;
import io.mainstay.job.PayloadTooLargeException;
import io.mainstay.job.StartTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What a job may ask for when it is enqueued, by {@link JobsConfig}. */
final class NewJobLimits {

    private final JobsConfig config;
    private final Clock clock;

    NewJobLimits(JobsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Throws if one of its values is over its limit. */
    void check(NewJob job) {
        if (job.queue().isReserved()) {
            throw new InvalidValueException("queue", job.queue(), "a name that is not reserved for Mainstay");
        }
        JobSpec spec = job.spec();
        long limit = config.maxPayload().asLongValue();
        // A character is at most three bytes of UTF-8, so most payloads need no counting.
        if (spec.payload().text().length() * 3L > limit && spec.payload().bytes() > limit) {
            throw new PayloadTooLargeException(spec.payload().bytes(), limit);
        }
        checkAtMost("timeout", spec.timeout(), config.maxTimeout());
        if (spec.options().expiresIn() != null) {
            checkAtMost("expiresIn", spec.options().expiresIn(), config.maxDelay());
        }
        if (spec.options().deadline() instanceof Deadline.Within within) {
            checkAtMost("within", within.duration(), config.maxDelay());
        } else if (spec.options().deadline() instanceof Deadline.At at) {
            checkNotTooFar("deadline", at.time());
        }
        check(job.start());
    }

    void check(StartTime start) {
        if (start instanceof StartTime.After after) {
            checkAtMost("delay", after.delay(), config.maxDelay());
        } else if (start instanceof StartTime.At at) {
            checkNotTooFar("runAt", at.time());
        }
    }

    /** A bound of a year or so: the instance's own clock is good enough to tell nonsense from a plan. */
    private void checkNotTooFar(String field, Instant time) {
        if (time.isAfter(clock.instant().plus(config.maxDelay()))) {
            throw new InvalidValueException(field, time, "at most " + config.maxDelay() + " from now");
        }
    }

    private static void checkAtMost(String field, Duration value, Duration limit) {
        if (value.compareTo(limit) > 0) {
            throw new InvalidValueException(field, value, "at most " + limit);
        }
    }
}
