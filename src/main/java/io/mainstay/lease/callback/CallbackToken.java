package io.mainstay.lease.callback;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The right to report on one claim of one job, for whoever holds it: version, store, purpose, fence, queue and job, and half of an
 * HMAC-SHA256 of these. Job ids can be guessed, tokens cannot.
 */
record CallbackToken(QueueName queue, JobId id, long fence) {

    static final String PREFIX = "cb_";

    private static final int VERSION = 1;
    private static final int FIRST_STORE = 0;
    private static final int TO_REPORT = 'r';
    private static final int MAC_BYTES = 16;
    private static final int LONGEST = 1024;
    private static final String ALGORITHM = "HmacSHA256";

    String text(byte[] secret) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(FIRST_STORE);
            out.writeByte(TO_REPORT);
            out.writeLong(fence);
            out.writeUTF(queue.value());
            out.writeUTF(id.value());
            out.write(mac(secret, bytes.toByteArray()));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Empty if it was not made under this secret, or is torn. */
    static Optional<CallbackToken> parse(String text, byte[] secret) {
        if (!text.startsWith(PREFIX) || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
            if (bytes.length <= MAC_BYTES) {
                return Optional.empty();
            }
            byte[] signed = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
            byte[] mac = Arrays.copyOfRange(bytes, signed.length, bytes.length);
            if (!MessageDigest.isEqual(mac, mac(secret, signed))) {
                return Optional.empty();
            }
            CallbackToken token = read(new DataInputStream(new ByteArrayInputStream(signed)));
            // One text for each token: the last bits of Base64 could be others.
            return Optional.ofNullable(token).filter(read -> read.text(secret).equals(text));
        } catch (IllegalArgumentException | IOException | InvalidValueException torn) {
            return Optional.empty();
        }
    }

    private static CallbackToken read(DataInputStream in) throws IOException {
        boolean known = in.readByte() == VERSION & in.readByte() == FIRST_STORE & in.readByte() == TO_REPORT;
        long fence = in.readLong();
        return known ? new CallbackToken(new QueueName(in.readUTF()), new JobId(in.readUTF()), fence) : null;
    }

    private static byte[] mac(byte[] secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return Arrays.copyOf(mac.doFinal(signed), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }
}
