package io.mainstay.lease.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallbackTokenTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes();
    private static final CallbackToken TOKEN = new CallbackToken(new QueueName("mail"), new JobId("job-1"), 7);

    private final String text = TOKEN.text(SECRET);

    @Test
    void isReadBackAndFitsAUrl() {
        assertThat(text).matches("cb_[A-Za-z0-9_-]+").hasSizeLessThan(100);
        assertThat(CallbackToken.parse(text, SECRET)).contains(TOKEN);
    }

    @Test
    void ofAnotherSecretIsNone() {
        byte[] other = SECRET.clone();
        other[31] ^= 1;

        assertThat(CallbackToken.parse(text, other)).isEmpty();
    }

    @Test
    void tornOrChangedInAnyPlaceIsNone() {
        byte[] bytes = Base64.getUrlDecoder().decode(text.substring(3));
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(CallbackToken.parse("cb_" + base64(changed), SECRET)).isEmpty();
            }
        }
        IntStream.range(0, text.length()).forEach(end -> {
            assertThat(CallbackToken.parse(text.substring(0, end), SECRET)).isEmpty();
            assertThat(CallbackToken.parse(text.substring(end + 1), SECRET)).isEmpty();
        });
        assertThat(CallbackToken.parse(text + "A", SECRET)).isEmpty();
        assertThat(CallbackToken.parse(text + "=", SECRET)).isEmpty();
        assertThat(CallbackToken.parse("cb_" + "A".repeat(100_000), SECRET)).isEmpty();
    }

    /** The bits of the last character that stand for nothing. */
    @Test
    void hasOneTextOnly() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String start = text.substring(0, text.length() - 1);

        assertThat(alphabet.chars()
                        .mapToObj(last -> start + (char) last)
                        .filter(other -> CallbackToken.parse(other, SECRET).isPresent()))
                .containsExactly(text);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
