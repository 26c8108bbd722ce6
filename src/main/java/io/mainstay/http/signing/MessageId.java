package io.mainstay.http.signing;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a receiver knows a delivery by: the same for every attempt, another one after a requeue or a snooze, unique across queues. Has no
 * dots, which stand between the parts of what is signed.
 */
public record MessageId(String value) {

    private static final int BYTES = 16;

    public static MessageId of(QueueName queue, JobId id, int reruns) {
        try {
            // Neither name has a line break.
            String text = queue + "\n" + id + "\n" + reruns;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new MessageId("job_" + HexFormat.of().formatHex(hash, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
