package io.mainstay.rest;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobConflictException;
import io.mainstay.job.MainstayException;
import io.mainstay.job.PayloadTooLargeException;
import io.mainstay.job.QueueFullException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.job.UniqueConflictException;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Turns errors into problems, for a whole request or for one job of many. */
public final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERROR = 500;
    private static final String UNAVAILABLE = "The store did not answer in time. Sending the request again is safe;"
            + " an enqueue needs an id or Idempotency-Key for that.";

    private Problems() {}

    public static Problem of(MainstayException e) {
        // The cause's own words may quote Redis; they are for the log, which whoever raised it has written.
        Problem problem =
                Problem.of(e.slug(), e.status(), e instanceof StoreUnavailableException ? UNAVAILABLE : e.getMessage());
        if (e instanceof InvalidValueException invalid) {
            return problem.withField(invalid.field()).withErrors(invalid.faults());
        } else if (e instanceof JobConflictException conflict) {
            return problem.withState(conflict.state().wireName());
        } else if (e instanceof UniqueConflictException conflict) {
            return problem.withJob(conflict.holder().value())
                    .withState(conflict.state().wireName());
        } else if (e instanceof QueueFullException full) {
            return problem.withLimit(full.limit());
        } else if (e instanceof PayloadTooLargeException tooLarge) {
            return problem.withField("payload").withLimit(tooLarge.limit());
        }
        return problem;
    }

    /** Where it is the result of a job that is too large. */
    public static Problem ofResult(PayloadTooLargeException e) {
        return Problem.of(e.slug(), e.status(), e.getMessage().replaceFirst("^payload", "the result"))
                .withField("result")
                .withLimit(e.limit());
    }

    public static Problem of(MalformedRequestException e) {
        return Problem.of(e.slug(), BAD_REQUEST, e.getMessage()).withField(e.field());
    }

    public static Problem of(ForbiddenException e) {
        return Problem.of("forbidden", FORBIDDEN, e.getMessage()).withMissing(e.missing());
    }

    /** Logged in full, told in general. */
    public static Problem unforeseen(Throwable e, String where) {
        String instance = "urn:uuid:" + UUID.randomUUID();
        LOG.errorf(e, "Unexpected failure %s at %s", instance, where);
        return HttpProblem.of(SERVER_ERROR).withInstance(instance);
    }
}
