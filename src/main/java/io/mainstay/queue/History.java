package io.mainstay.queue;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The latest attempts of a job. Failed ones were recorded when they failed; the one that did not fail is the latest and
 * follows from the job itself, so the history of a job that succeeds at once costs nothing extra.
 *
 * @param latestWorker the end of the host name of the instance that has or had the job last; empty if that is not known
 * @param stack of the latest failure that has one
 */
public record History(Job job, Optional<String> latestWorker, Optional<Stack> stack) {

    /** Type of the error of an attempt that was given back, as no worker is known to have received the job. */
    private static final String NOT_RECEIVED = "not-received";

    /** @param at when the store learned of the failure */
    public record Stack(Instant at, String text) {}

    /** How an attempt ended, if it did. */
    public enum End {
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        /** Its worker was not heard of any more. */
        LOST,
        CANCELLED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One attempt.
     *
     * @param number from 1, and from 1 again after a requeue; given again if the attempt was given back
     * @param startedAt null if it is not known
     * @param endedAt null while it runs
     * @param worker the end of the host name of its instance, null if it is not known
     * @param error null if it has none
     */
    public record Run(int number, Instant startedAt, Instant endedAt, String worker, End end, AttemptError error) {}

    public History {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(latestWorker, "latestWorker");
        Objects.requireNonNull(stack, "stack");
    }

    /** The stack of an error, if it is kept. */
    public Optional<String> stackOf(AttemptError error) {
        return stack.filter(kept -> kept.at().equals(error.at())).map(Stack::text);
    }

    /** Oldest first. */
    public List<Run> runs() {
        JobStatus status = job.status();
        List<Run> runs = new ArrayList<>();
        for (AttemptError error : status.errors()) {
            if (error.startedAt() != null) {
                runs.add(new Run(error.attempt(), error.startedAt(), error.at(), error.worker(), endOf(error), error));
            }
        }
        if (job.state() == JobState.RUNNING) {
            runs.add(latest(End.RUNNING));
        } else if (job.state() == JobState.SUCCEEDED) {
            runs.add(latest(End.SUCCEEDED));
        } else if (job.state() == JobState.CANCELLED && cancelledWhileRunning(status)) {
            runs.add(latest(End.CANCELLED));
        }
        return runs;
    }

    private Run latest(End end) {
        JobStatus status = job.status();
        return new Run(
                status.attempt(),
                status.times().startedAt(),
                status.times().finishedAt(),
                latestWorker.orElse(null),
                end,
                null);
    }

    /** An attempt that was given back is not counted, so the number of one that failed is the latest then. */
    private static boolean cancelledWhileRunning(JobStatus status) {
        List<AttemptError> errors = status.errors();
        AttemptError last = errors.isEmpty() ? null : errors.get(errors.size() - 1);
        int counted = last == null ? 0 : last.attempt() - (last.type().equals(NOT_RECEIVED) ? 1 : 0);
        return status.attempt() > counted;
    }

    private static End endOf(AttemptError error) {
        return switch (error.type()) {
            case "timeout" -> End.TIMED_OUT;
            case "lease-expired", NOT_RECEIVED -> End.LOST;
            default -> End.FAILED;
        };
    }
}
