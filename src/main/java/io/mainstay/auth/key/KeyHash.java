package io.mainstay.auth.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is stored of a key: its SHA-256. Passwords need a slow hash because they can be guessed; 256 random bits cannot be
 * guessed at any speed.
 */
public final class KeyHash {

    private static final int BYTES = 32;

    private final byte[] bytes;

    private KeyHash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static KeyHash of(byte[] key) {
        try {
            return new KeyHash(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** @throws IllegalArgumentException if it is no {@link #hex()} */
    public static KeyHash ofHex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("no SHA-256");
        }
        return new KeyHash(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Takes as long wherever they differ. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash hash && matches(hash);
    }

    @Override
    public int hashCode() {
        return bytes[0] << 8 | bytes[1] & 0xff;
    }
}
