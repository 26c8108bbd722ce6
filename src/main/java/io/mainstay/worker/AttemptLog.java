package io.mainstay.worker;

import org.jboss.logging.Logger;

/** What is logged of single attempts, each line with the fields of its attempt. Loop only. */
final class AttemptLog {

    private static final Logger LOG = Logger.getLogger(AttemptLog.class);

    private final WorkerLoop loop;

    AttemptLog(WorkerLoop loop) {
        this.loop = loop;
    }

    void lost(Attempt attempt) {
        LogFields.during(
                attempt,
                loop,
                () -> LOG.warnf(
                        "lost the lease of job %s in queue %s, attempt %d; stopping it, its result will be dropped",
                        attempt.id(), attempt.queue(), attempt.attempt()));
    }

    void cancelled(Attempt attempt) {
        LogFields.during(
                attempt,
                loop,
                () -> LOG.debugf(
                        "job %s in queue %s was cancelled; stopping attempt %d",
                        attempt.id(), attempt.queue(), attempt.attempt()));
    }

    /** The job keeps type and message of its error; where it was thrown is only here. */
    void failed(Attempt attempt, String type, Throwable failure) {
        if (LOG.isDebugEnabled()) {
            LogFields.during(
                    attempt,
                    loop,
                    () -> LOG.debugf(
                            failure,
                            "attempt %d of job %s in queue %s failed: %s",
                            attempt.attempt(),
                            attempt.id(),
                            attempt.queue(),
                            type));
        }
    }
}
