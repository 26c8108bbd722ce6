package io.mainstay.lease;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs under one secret, with half of an HMAC-SHA256. Thread-safe. */
public final class Signer {

    static final int BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    /** Never used itself: to copy it costs less than to make one and give it its key. */
    private final Mac keyed;

    public Signer(byte[] secret) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    byte[] sign(byte[] content) {
        try {
            return Arrays.copyOf(((Mac) keyed.clone()).doFinal(content), BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " of this platform cannot be copied", e);
        }
    }
}
