package io.mainstay.client;

/**
 * Runs jobs of one kind. A job may run again after its worker died or lost its lease, so a handler must be idempotent.
 * {@link JobContext#idempotencyKey()} is the same for every attempt.
 *
 * <p>Interrupted when the attempt must stop, see {@link StopReason}. One instance serves many jobs at the same time.
 */
@FunctionalInterface
public interface JobHandler {

    /**
     * Runs one attempt.
     *
     * @return how it ended
     * @throws Exception or any other {@link Throwable}: the attempt failed; the job is retried while attempts are left
     */
    Outcome run(JobContext job) throws Exception;
}
