package io.mainstay.job;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes job ids and lease tokens. Thread-safe. */
public final class JobIds {

    private static final String KEY_PREFIX = "key-";
    private static final int KEY_ID_CHARS = 32;
    private static final Pattern KEY_ID = Pattern.compile(KEY_PREFIX + "[0-9a-f]{" + KEY_ID_CHARS + "}");

    /** UUIDv7, counting up within a millisecond, so that ids made here sort by the order of their making. */
    private final NoArgGenerator uuidV7 = Generators.timeBasedEpochGenerator();

    /** A new UUIDv7 (RFC 9562 §5.7). */
    public JobId nextId() {
        return new JobId(uuidV7.generate().toString());
    }

    /**
     * A token nobody has had before: some 25 digits and small letters, so that it may be in the name of a queue. Every running job has one,
     * so it is short.
     */
    public String nextToken() {
        UUID uuid = uuidV7.generate();
        // The second half begins with the bits of its variant, so it always has 13 characters.
        return Long.toUnsignedString(uuid.getMostSignificantBits(), Character.MAX_RADIX)
                + Long.toUnsignedString(uuid.getLeastSignificantBits(), Character.MAX_RADIX);
    }

    /**
     * The id that stands for an idempotency key: the same key gives the same id on every instance, so a repeated
     * enqueue meets the job that the first one made.
     */
    public static JobId ofIdempotencyKey(QueueName queue, String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((queue.logical().value() + '\n' + key).getBytes(StandardCharsets.UTF_8));
            return new JobId(KEY_PREFIX + HexFormat.of().formatHex(hash).substring(0, KEY_ID_CHARS));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Whether it could be one of {@link #ofIdempotencyKey}. */
    public static boolean isOfIdempotencyKey(String id) {
        return KEY_ID.matcher(id).matches();
    }
}
