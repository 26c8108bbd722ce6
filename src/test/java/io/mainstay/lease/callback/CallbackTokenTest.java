package io.mainstay.lease.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.lease.Signer;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallbackTokenTest {

    private static final byte[] BYTES = "0123456789abcdef0123456789abcdef".getBytes();
    private static final Signer SECRET = new Signer(BYTES);
    private static final CallbackToken TOKEN = new CallbackToken(new QueueName("mail"), new JobId("job-1"), 7);

    private final String text = TOKEN.text(SECRET);

    @Test
    void isReadBackAndFitsAUrl() {
        assertThat(text).matches("cb_[A-Za-z0-9_-]+").hasSizeLessThan(100);
        assertThat(parse(text, SECRET)).contains(TOKEN);
    }

    @Test
    void ofAnotherSecretIsNone() {
        byte[] other = BYTES.clone();
        other[31] ^= 1;

        assertThat(parse(text, new Signer(other))).isEmpty();
    }

    @Test
    void tornOrChangedInAnyPlaceIsNone() {
        byte[] bytes = Base64.getUrlDecoder().decode(text.substring(3));
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(parse("cb_" + base64(changed), SECRET)).isEmpty();
            }
        }
        IntStream.range(0, text.length()).forEach(end -> {
            assertThat(parse(text.substring(0, end), SECRET)).isEmpty();
            assertThat(parse(text.substring(end + 1), SECRET)).isEmpty();
        });
        assertThat(parse(text + "A", SECRET)).isEmpty();
        assertThat(parse(text + "=", SECRET)).isEmpty();
        assertThat(parse("cb_" + "A".repeat(100_000), SECRET)).isEmpty();
    }

    /** The bits of the last character that stand for nothing. */
    @Test
    void hasOneTextOnly() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String start = text.substring(0, text.length() - 1);

        assertThat(alphabet.chars().mapToObj(last -> start + (char) last).filter(other -> parse(other, SECRET)
                        .isPresent()))
                .containsExactly(text);
    }

    private static Optional<CallbackToken> parse(String text, Signer signer) {
        return CallbackToken.FORMAT.read(text, signer).flatMap(CallbackToken::of);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
