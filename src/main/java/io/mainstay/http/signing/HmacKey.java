package io.mainstay.http.signing;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that both sides have. */
final class HmacKey implements SigningKey {

    static final String PREFIX = "whsec_";

    private static final String ALGORITHM = "HmacSHA256";
    /** As the specification asks for. */
    private static final int LEAST = 24;

    private static final int MOST = 64;

    private final SecretKeySpec secret;

    private HmacKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    static HmacKey parse(String text) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("what follows whsec_ is not Base64");
        }
        if (secret.length < LEAST || secret.length > MOST) {
            throw new IllegalArgumentException("what follows whsec_ is not 24 to 64 bytes in Base64");
        }
        return new HmacKey(secret);
    }

    @Override
    public String sign(byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(head);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean slow() {
        return false;
    }

    @Override
    public String toString() {
        return "a whsec_ secret";
    }
}
