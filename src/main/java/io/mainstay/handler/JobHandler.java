package io.mainstay.handler;

/**
 * Runs jobs of one kind. An implementation is a CDI bean qualified with
 * {@code @io.smallrye.common.annotation.Identifier("name")}; jobs name it in their {@code handler} field.
 *
 * <p>Delivery is at least once: a job can run again after its worker died or lost its lease, so a handler must be
 * idempotent. {@link JobContext#idempotencyKey()} is the same for every attempt of a job.
 *
 * <p>Called on a virtual thread where the JVM has them, else on a pooled one; it may block. It is interrupted when the
 * job's time-out passes or its lease is lost. One instance serves many jobs at the same time.
 */
@FunctionalInterface
public non-sealed interface JobHandler extends Handler {

    /**
     * Runs one attempt.
     *
     * @return how it ended; {@link Outcome#success()} for most
     * @throws Exception or any {@link Throwable}: ends this attempt as failed; the job's retry policy decides what next
     */
    Outcome run(JobContext job) throws Exception;
}
