package io.mainstay.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestVerifierTest {

    /** The example of the specification. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant SENT = Instant.ofEpochSecond(1614265330);

    private final Map<String, String> headers = new HashMap<>(Map.of(
            "webhook-id",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp",
            String.valueOf(SENT.getEpochSecond()),
            "webhook-signature",
            SIGNATURE));

    private static RequestVerifier verifier(Instant now, String... secrets) {
        return new RequestVerifier(Clock.fixed(now, ZoneOffset.UTC), secrets);
    }

    private boolean verifies(String... secrets) {
        return verifier(SENT, secrets).verify(headers::get, BODY);
    }

    @Test
    void exampleOfTheSpecificationIsGood() {
        assertTrue(verifies(SECRET));
        assertTrue(verifies("whsec_" + "A".repeat(32), SECRET));
        headers.put("webhook-signature", "v1,bm9uZQ== v2,x v1a,bm9uZQ== " + SIGNATURE);
        assertTrue(verifies(SECRET));
    }

    @Test
    void whatIsNotSoIsNot() {
        assertFalse(verifies("whsec_" + "A".repeat(32)));
        assertFalse(verifier(SENT, SECRET).verify(headers::get, new byte[0]));
        assertFalse(verifier(SENT.plusSeconds(301), SECRET).verify(headers::get, BODY));
        assertFalse(verifier(SENT.minusSeconds(301), SECRET).verify(headers::get, BODY));
        for (String header : new String[] {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
            String value = headers.remove(header);
            assertFalse(verifies(SECRET), header);
            headers.put(header, "nonsense");
            assertFalse(verifies(SECRET), header);
            headers.put(header, value);
        }
    }

    @Test
    void ed25519IsVerifiedByThePublicHalf() throws GeneralSecurityException {
        // Several, since the keys differ in the sign of x.
        for (int i = 0; i < 8; i++) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(
                    (headers.get("webhook-id") + "." + SENT.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            signer.update(BODY);
            headers.put("webhook-signature", "v1a," + Base64.getEncoder().encodeToString(signer.sign()));
            // The encoded key ends with its 32 bytes.
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            String key = "whpk_" + Base64.getEncoder().encodeToString(raw);

            assertTrue(verifies(key));
            assertTrue(verifies(SECRET, key));
            assertFalse(verifier(SENT, key).verify(headers::get, new byte[0]));
        }
    }

    @Test
    void whatIsNoSecretIsRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> new RequestVerifier("whsk_AAAA"));
        assertThrows(IllegalArgumentException.class, () -> new RequestVerifier("whpk_AAAA"));
        assertEquals(
                "an ed25519 key has 32 bytes, not 3",
                assertThrows(IllegalArgumentException.class, () -> new RequestVerifier("whpk_AAAA"))
                        .getMessage());
    }
}
