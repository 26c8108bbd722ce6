package io.mainstay.auth.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * How a key is written: {@code ms_}, an id of 12 characters, {@code _}, a secret of 43, and a checksum of 6. All are of {@code
 * 0-9A-Za-z}. 43 such characters are 256 bits. The checksum is the CRC-32 of all before it as a number to the base 62: a scanner of
 * sources tells a key from noise by it, and a mistyped one is refused without being looked up.
 */
public final class KeyFormat {

    /** What every key begins with, and no token of an identity provider. */
    public static final String PREFIX = "ms_";

    static final int LENGTH = 65;

    /** Stands in the documentation, so it is refused wherever it comes from. */
    static final String PLACEHOLDER = "ms_000000000000_00000000000000000000000000000000000000000001ufIE8";

    private static final byte[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 12;
    private static final int ID_END = PREFIX.length() + ID_LENGTH;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int CHECKSUM_START = LENGTH - CHECKSUM_LENGTH;

    private KeyFormat() {}

    /** A new key, in ASCII. */
    public static byte[] generate(SecureRandom random) {
        byte[] key = new byte[LENGTH];
        for (int i = 0; i < CHECKSUM_START; i++) {
            key[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        for (int i = 0; i < PREFIX.length(); i++) {
            key[i] = (byte) PREFIX.charAt(i);
        }
        key[ID_END] = '_';
        byte[] checksum = checksum(key);
        System.arraycopy(checksum, 0, key, CHECKSUM_START, CHECKSUM_LENGTH);
        return key;
    }

    /** Whether it is written as a key is, its checksum included. */
    static boolean isKey(byte[] text) {
        if (text.length != LENGTH || text[ID_END] != '_') {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean right = i < PREFIX.length() ? text[i] == PREFIX.charAt(i) : i == ID_END || isOfAlphabet(text[i]);
            if (!right) {
                return false;
            }
        }
        byte[] checksum = checksum(text);
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            if (text[CHECKSUM_START + i] != checksum[i]) {
                return false;
            }
        }
        return true;
    }

    /** The part of a key that is no secret. */
    public static String idOf(byte[] key) {
        return new String(key, PREFIX.length(), ID_LENGTH, StandardCharsets.US_ASCII);
    }

    /** Whether it could be the id of a key. */
    static boolean isId(String id) {
        return id.length() == ID_LENGTH && id.chars().allMatch(KeyFormat::isOfAlphabet);
    }

    private static byte[] checksum(byte[] key) {
        CRC32 crc = new CRC32();
        crc.update(key, 0, CHECKSUM_START);
        byte[] digits = new byte[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET[(int) (rest % ALPHABET.length)];
            rest /= ALPHABET.length;
        }
        return digits;
    }

    private static boolean isOfAlphabet(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
