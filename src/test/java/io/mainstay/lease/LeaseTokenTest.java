package io.mainstay.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaseTokenTest {

    private static final LeaseToken TOKEN = SomeToken.of("images", "job-1", null);
    private static final String PREFIX = "ls_";

    private final byte[] secret = new byte[32];
    private final LeaseTokens tokens = new LeaseTokens(new SharedSecret(proposal -> now(secret)));
    private final String text = get(tokens.text(TOKEN));

    @Test
    void isReadBackAndFitsAUrl() {
        assertThat(text).matches("ls_[A-Za-z0-9_-]+").hasSizeLessThan(160);
        assertThat(parse(text)).contains(TOKEN);
        LeaseToken withDeadline = SomeToken.of("images", "job-1", SomeToken.STARTED.plusSeconds(20));
        assertThat(parse(get(tokens.text(withDeadline)))).contains(withDeadline);
    }

    @Test
    void theLongestNamesFit() {
        LeaseToken longest = SomeToken.of("q".repeat(64), "i".repeat(128), SomeToken.STARTED);

        assertThat(parse(get(tokens.text(longest)))).contains(longest);
    }

    @Test
    void manyKeepTheirOrder() {
        List<LeaseToken> many = IntStream.range(0, 1000)
                .mapToObj(n -> SomeToken.of("images", "job-" + n, null))
                .toList();

        assertThat(get(tokens.parse(get(tokens.texts(many)))))
                .isEqualTo(many.stream().map(Optional::of).toList());
    }

    @Test
    void anAttemptIsOverAtItsTimeoutOrTheDeadlineOfItsJob() {
        assertThat(TOKEN.endBy()).isEqualTo(SomeToken.STARTED.plus(Duration.ofMinutes(5)));
        assertThat(SomeToken.of("q", "j", SomeToken.STARTED.plusSeconds(20)).endBy())
                .isEqualTo(SomeToken.STARTED.plusSeconds(20));
        assertThat(SomeToken.of("q", "j", SomeToken.STARTED.plusSeconds(2000)).endBy())
                .isEqualTo(SomeToken.STARTED.plus(Duration.ofMinutes(5)));
        assertThat(TOKEN.worker()).contains("img-7f9c");
    }

    @Test
    void ofAnotherSecretIsNone() {
        assertThat(get(SomeToken.tokens().parse(text))).isEmpty();
    }

    @Test
    void tornOrChangedInAnyPlaceIsNone() {
        byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(parse(PREFIX + base64(changed))).isEmpty();
            }
        }
        IntStream.range(0, text.length()).forEach(end -> {
            assertThat(parse(text.substring(0, end))).isEmpty();
            assertThat(parse(text.substring(end + 1))).isEmpty();
        });
        assertThat(parse(text + "A")).isEmpty();
        assertThat(parse(text + "=")).isEmpty();
        assertThat(parse(PREFIX + "A".repeat(100_000))).isEmpty();
        assertThat(parse(PREFIX + "ü")).isEmpty();
    }

    /** The bits of the last character that stand for nothing. */
    @Test
    void hasOneTextOnly() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String start = text.substring(0, text.length() - 1);

        assertThat(alphabet.chars().mapToObj(last -> start + (char) last).filter(other -> parse(other)
                        .isPresent()))
                .containsExactly(text);
    }

    @Test
    void forAnotherPurposeOrOfAnotherVersionIsNone() {
        byte[] content = LeaseTokenCodec.write(TOKEN);
        for (int place = 0; place < 3; place++) {
            byte[] other = content.clone();
            other[place]++;
            assertThat(parse(new SignedText(PREFIX).write(other, new Signer(secret))))
                    .isEmpty();
        }
    }

    @Test
    void contentThatIsTooShortOrTooLongIsNone() {
        byte[] content = LeaseTokenCodec.write(TOKEN);
        for (int length = 1; length <= content.length + 1; length++) {
            if (length != content.length) {
                byte[] other = Arrays.copyOf(content, length);
                assertThat(parse(new SignedText(PREFIX).write(other, new Signer(secret))))
                        .isEmpty();
            }
        }
    }

    private Optional<LeaseToken> parse(String some) {
        return get(tokens.parse(some));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <T> Uni<T> now(T item) {
        return Uni.createFrom().item(item);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}
