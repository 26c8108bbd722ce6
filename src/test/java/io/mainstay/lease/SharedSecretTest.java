package io.mainstay.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedSecretTest {

    private static final SignedText FORMAT = new SignedText("t_");
    private static final byte[] CONTENT = {1, 2, 3};

    private byte[] kept;
    private int reads;
    private boolean away;
    private long now;

    private final SharedSecret secret = new SharedSecret(
            proposal -> Uni.createFrom().item(() -> {
                reads++;
                if (away) {
                    throw new IllegalStateException("away");
                }
                kept = kept == null ? proposal : kept;
                return kept;
            }),
            () -> now);

    @Test
    void isReadOnce() {
        String text = FORMAT.write(CONTENT, signer());

        assertThat(open(text)).contains(CONTENT);
        assertThat(open(text)).contains(CONTENT);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void aSecretThatIsNewInTheStoreIsFoundOut() {
        signer();
        byte[] other = new byte[32];
        kept = other;

        assertThat(open(FORMAT.write(CONTENT, new Signer(other)))).contains(CONTENT);
    }

    @Test
    void aStoreThatLostItIsGivenItAgain() {
        String text = FORMAT.write(CONTENT, signer());
        kept = null;

        assertThat(open("t_none")).isEmpty();
        assertThat(open(text)).contains(CONTENT);
        assertThat(FORMAT.read(text, new Signer(kept))).contains(CONTENT);
    }

    @Test
    void textsOfStrangersCostACallEveryTenSecondsAtMost() {
        signer();
        for (int i = 0; i < 100; i++) {
            assertThat(open("t_none")).isEmpty();
        }
        assertThat(reads).isEqualTo(2);
        now += TimeUnit.SECONDS.toNanos(10);
        open("t_none");
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void aStoreThatIsAwayIsNoReasonToRefuseWhatIsKnown() {
        String text = FORMAT.write(CONTENT, signer());
        away = true;

        List<Optional<byte[]>> contents =
                secret.open(FORMAT, List.of("t_none", text)).await().indefinitely();

        assertThat(contents.get(0)).isEmpty();
        assertThat(contents.get(1)).contains(CONTENT);
    }

    private Signer signer() {
        return secret.signer().await().indefinitely();
    }

    private Optional<byte[]> open(String text) {
        return secret.open(FORMAT, List.of(text)).await().indefinitely().get(0);
    }
}
