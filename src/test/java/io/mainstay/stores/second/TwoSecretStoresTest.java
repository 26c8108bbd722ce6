package io.mainstay.stores.second;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The secret is one, whichever store was there when it was made. */
class TwoSecretStoresTest {

    private final Kept first = new Kept();
    private final Kept second = new Kept();
    private final TwoSecretStores both = new TwoSecretStores(first, second);

    @Test
    void thatOfTheFirstIsCopied() {
        second.secret = new byte[] {9};
        first.secret = new byte[] {1};

        assertThat(secret(2)).containsExactly(1);
        assertThat(second.secret).containsExactly(1);
        first.away = true;
        assertThat(secret(3)).containsExactly(1);
    }

    @Test
    void oneThatWasMadeWhileTheFirstWasAwayIsTheFirstsAfterwards() {
        first.away = true;
        assertThat(secret(1)).containsExactly(1);
        first.away = false;

        assertThat(secret(2)).containsExactly(1);
        assertThat(first.secret).containsExactly(1);
    }

    @Test
    void theSecondNeedNotBeThere() {
        second.away = true;
        assertThat(secret(1)).containsExactly(1);
        assertThat(secret(2)).containsExactly(1);
    }

    private byte[] secret(int proposal) {
        return both.secret(new byte[] {(byte) proposal}).await().atMost(Duration.ofSeconds(10));
    }

    private static final class Kept implements TwoSecretStores.Copy {

        private byte[] secret;
        private boolean away;

        @Override
        public Uni<byte[]> secret(byte[] proposal) {
            return answer().map(there -> secret = secret == null ? proposal : secret);
        }

        @Override
        public Uni<Optional<byte[]>> kept() {
            return answer().map(there -> Optional.ofNullable(secret));
        }

        @Override
        public Uni<Void> keep(byte[] wanted) {
            return answer().invoke(there -> secret = wanted).replaceWithVoid();
        }

        private Uni<Boolean> answer() {
            return Uni.createFrom()
                    .deferred(() -> away
                            ? Uni.createFrom().failure(new StoreUnavailableException("away", null))
                            : Uni.createFrom().item(true));
        }
    }
}
