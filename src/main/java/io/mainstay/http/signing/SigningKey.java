package io.mainstay.http.signing;

/** A secret that signs. Its text never appears in messages. Thread-safe. */
sealed interface SigningKey permits HmacKey, Ed25519Key {

    /** Version and signature, as a receiver finds them in {@code webhook-signature}. What is signed is the one after the other. */
    String sign(byte[] head, byte[] body);

    /** Whether signing takes so long that an event loop must not do it. */
    boolean slow();

    /** @throws IllegalArgumentException if it is no secret; the message has nothing of it */
    static SigningKey parse(String secret) {
        if (secret.startsWith(HmacKey.PREFIX)) {
            return HmacKey.parse(secret);
        }
        if (secret.startsWith(Ed25519Key.PREFIX)) {
            return Ed25519Key.parse(secret);
        }
        throw new IllegalArgumentException("its secret begins neither with whsec_ nor with whsk_");
    }
}
