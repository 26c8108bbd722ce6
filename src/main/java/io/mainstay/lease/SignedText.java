package io.mainstay.lease;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Texts that only holders of a secret can make: a prefix, then content and signature in base64url. A content has one text under a
 * secret. The prefix is for people and scanners; what a text is good for must be in its content, which is what is signed.
 *
 * @param prefix of every such text
 */
public record SignedText(String prefix) {

    /** Longest text that is looked at, in characters. */
    public static final int LONGEST = 1024;

    public String write(byte[] content, Signer signer) {
        byte[] bytes = Arrays.copyOf(content, content.length + Signer.BYTES);
        System.arraycopy(signer.sign(content), 0, bytes, content.length, Signer.BYTES);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The content; empty if the text was not made under this secret, or is torn. */
    public Optional<byte[]> read(String text, Signer signer) {
        if (!text.startsWith(prefix) || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String encoded = text.substring(prefix.length());
            byte[] bytes = Base64.getUrlDecoder().decode(encoded);
            if (bytes.length <= Signer.BYTES) {
                return Optional.empty();
            }
            byte[] content = Arrays.copyOf(bytes, bytes.length - Signer.BYTES);
            byte[] signature = Arrays.copyOfRange(bytes, content.length, bytes.length);
            // The last bits of Base64, and its padding, could be others.
            boolean ours = MessageDigest.isEqual(signature, signer.sign(content))
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(encoded);
            return ours ? Optional.of(content) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
