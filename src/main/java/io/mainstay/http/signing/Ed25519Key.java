package io.mainstay.http.signing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A private key, to whose public one receivers verify: they need no secret. */
final class Ed25519Key implements SigningKey {

    static final String PREFIX = "whsk_";

    private static final String ALGORITHM = "Ed25519";
    private static final int SEED = 32;
    private static final byte[] PROBE = {1};

    private final PrivateKey key;

    private Ed25519Key(PrivateKey key) {
        this.key = key;
    }

    /** It is the seed, alone or, as other tools write it, with the public key behind it. */
    static Ed25519Key parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("what follows whsk_ is not Base64");
        }
        if (bytes.length != SEED && bytes.length != 2 * SEED) {
            throw new IllegalArgumentException("what follows whsk_ is not 32 or 64 bytes in Base64");
        }
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            Ed25519Key key = new Ed25519Key(keys.generatePrivate(
                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, SEED))));
            if (bytes.length > SEED && !key.belongsTo(publicKey(keys, Arrays.copyOfRange(bytes, SEED, bytes.length)))) {
                throw new IllegalArgumentException("the public key in its whsk_ secret does not match the private key");
            }
            return key;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("what follows whsk_ is no ed25519 key");
        }
    }

    /** @param bytes y, the lowest byte first; its highest bit says whether x is odd (RFC 8032, 5.1.2) */
    static PublicKey publicKey(KeyFactory keys, byte[] bytes) throws GeneralSecurityException {
        byte[] y = new byte[SEED];
        for (int i = 0; i < SEED; i++) {
            y[i] = bytes[SEED - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return keys.generatePublic(
                new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
    }

    private boolean belongsTo(PublicKey publicKey) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(ALGORITHM);
        verifier.initVerify(publicKey);
        verifier.update(PROBE);
        return verifier.verify(signature(PROBE, new byte[0]));
    }

    @Override
    public String sign(byte[] head, byte[] body) {
        try {
            return "v1a," + Base64.getEncoder().encodeToString(signature(head, body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a request could not be signed", e);
        }
    }

    private byte[] signature(byte[] head, byte[] body) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(ALGORITHM);
        signer.initSign(key);
        signer.update(head);
        signer.update(body);
        return signer.sign();
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public String toString() {
        return "a whsk_ key";
    }
}
