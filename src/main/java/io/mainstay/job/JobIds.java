package io.mainstay.job;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes job ids and lease tokens. Thread-safe. */
public final class JobIds {

    private static final int KEY_ID_CHARS = 32;

    /** UUIDv7, counting up within a millisecond, so that ids made here sort by the order of their making. */
    private final NoArgGenerator uuidV7 = Generators.timeBasedEpochGenerator();

    /** A new UUIDv7 (RFC 9562 §5.7). */
    public JobId nextId() {
        return new JobId(nextToken());
    }

    /** A token nobody has had before. */
    public String nextToken() {
        return uuidV7.generate().toString();
    }

    /**
     * The id that stands for an idempotency key: the same key gives the same id on every instance, so a repeated
     * enqueue meets the job that the first one made.
     */
    public static JobId ofIdempotencyKey(QueueName queue, String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((queue.value() + '\n' + key).getBytes(StandardCharsets.UTF_8));
            return new JobId("key-" + HexFormat.of().formatHex(hash).substring(0, KEY_ID_CHARS));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
