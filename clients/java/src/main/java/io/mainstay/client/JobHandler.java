package io.mainstay.client;

/**
 * Runs jobs of one kind. A job may run again, after its worker died or lost its lease: a handler must stand a repetition.
 * {@link JobContext#idempotencyKey()} is the same for every attempt.
 *
 * <p>Interrupted when the attempt is to stop, see {@link StopReason}. One instance serves many jobs at the same time.
 */
@FunctionalInterface
public interface JobHandler {

    /**
     * Runs one attempt.
     *
     * @return how it ended
     * @throws Exception or any other {@link Throwable}: the attempt failed; the job is tried again while attempts are left
     */
    Outcome run(JobContext job) throws Exception;
}
