package io.mainstay.client;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies that a request of an {@code http} job comes from Mainstay and is not a replay, by its signature (<a
 * href="https://www.standardwebhooks.com">Standard Webhooks</a> 1.0.0: {@code v1}, HMAC-SHA256, and {@code v1a}, ed25519). Keep the
 * {@code webhook-id} of requests you have handled: a job may come twice. Thread-safe.
 */
public final class RequestVerifier {

    private static final String SECRET = "whsec_";
    private static final String PUBLIC_KEY = "whpk_";
    private static final int ED25519_BYTES = 32;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<Check> checks = new ArrayList<>();
    private final Clock clock;

    private interface Check {
        boolean passes(String version, byte[] signature, byte[] signed) throws GeneralSecurityException;
    }

    /**
     * @param secrets each {@code whsec_…}, shared with the service, or {@code whpk_…}, the public half of its ed25519 key; several during a
     *     rotation
     * @throws IllegalArgumentException if one is neither
     */
    public RequestVerifier(String... secrets) {
        this(Clock.systemUTC(), secrets);
    }

    RequestVerifier(Clock clock, String... secrets) {
        this.clock = clock;
        for (String secret : secrets) {
            checks.add(check(secret));
        }
    }

    /**
     * @param header gives the value of a header by its name, or null
     * @param body as it came, byte for byte
     * @return whether the request was signed with one of the secrets, within the last five minutes
     */
    public boolean verify(UnaryOperator<String> header, byte[] body) {
        String id = header.apply("webhook-id");
        String timestamp = header.apply("webhook-timestamp");
        String signatures = header.apply("webhook-signature");
        if (id == null || timestamp == null || signatures == null || !isRecent(timestamp)) {
            return false;
        }
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[head.length + body.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(body, 0, signed, head.length, body.length);
        for (String signature : signatures.split(" ")) {
            if (isGood(signature, signed)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRecent(String timestamp) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
    }

    private boolean isGood(String signature, byte[] signed) {
        int comma = signature.indexOf(',');
        if (comma < 0) {
            return false;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(signature.substring(comma + 1));
            for (Check check : checks) {
                if (check.passes(signature.substring(0, comma), bytes, signed)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException | GeneralSecurityException malformed) {
            return false;
        }
    }

    private static Check check(String secret) {
        if (secret.startsWith(SECRET)) {
            SecretKeySpec key = new SecretKeySpec(decoded(secret, SECRET), "HmacSHA256");
            return (version, signature, signed) ->
                    version.equals("v1") && MessageDigest.isEqual(hmac(key, signed), signature);
        } else if (secret.startsWith(PUBLIC_KEY)) {
            PublicKey key = publicKey(decoded(secret, PUBLIC_KEY));
            return (version, signature, signed) -> version.equals("v1a") && isSignedWith(key, signature, signed);
        }
        throw new IllegalArgumentException("a secret begins with " + SECRET + " or " + PUBLIC_KEY);
    }

    private static byte[] decoded(String secret, String prefix) {
        return Base64.getDecoder().decode(secret.substring(prefix.length()));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(signed);
    }

    private static boolean isSignedWith(PublicKey key, byte[] signature, byte[] signed)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
    }

    /** @param bytes as RFC 8032 has it: y, its least byte first, and the sign of x in the highest bit */
    private static PublicKey publicKey(byte[] bytes) {
        if (bytes.length != ED25519_BYTES) {
            throw new IllegalArgumentException(
                    "an ed25519 key has %d bytes, not %d".formatted(ED25519_BYTES, bytes.length));
        }
        byte[] y = new byte[ED25519_BYTES];
        for (int i = 0; i < ED25519_BYTES; i++) {
            y[i] = bytes[ED25519_BYTES - 1 - i];
        }
        boolean xOdd = y[0] < 0;
        y[0] &= 0x7f;
        try {
            EdECPoint point = new EdECPoint(xOdd, new BigInteger(1, y));
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no ed25519 key", e);
        }
    }
}
