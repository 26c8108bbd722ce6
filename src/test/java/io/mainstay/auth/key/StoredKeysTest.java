package io.mainstay.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.auth.Grant;
import io.mainstay.auth.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredKeysTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Of this instance, and of the store. */
    private long nanos = 12345;

    private final InMemoryApiKeyStore store = new InMemoryApiKeyStore(() -> BEGIN.plusNanos(nanos));
    private final StoredKeys keys = new StoredKeys(store, () -> nanos);

    @Test
    void keysAreKnownAfterARefreshAndCostNoLookup() {
        add("a");
        add("b");
        refresh();

        assertThat(keys.known("a").orElseThrow().caller().name()).isEqualTo("shop");
        assertThat(keys.known("c")).isEmpty();
        assertThat(store.lookups()).isZero();
    }

    @Test
    void allPagesAreRead() {
        for (int i = 0; i < 450; i++) {
            add("key-" + i);
        }
        refresh();

        for (int i = 0; i < 450; i++) {
            assertThat(keys.known("key-" + i)).isPresent();
        }
    }

    @Test
    void nothingIsReadWhileNothingChanges() {
        add("a");
        refresh();
        refresh();
        refresh();

        assertThat(store.keysListed()).isEqualTo(1);
        assertThat(keys.known("a")).isPresent();
    }

    @Test
    void revokedKeyIsUnknownAfterTheNextRefresh() {
        add("a");
        refresh();
        revoke("a");
        assertThat(keys.known("a")).isPresent();

        refresh();

        assertThat(keys.known("a")).isEmpty();
        assertThat(lookUp("a")).isEmpty();
    }

    @Test
    void keyThatWasMadeHereCostsNoLookup() {
        refresh();
        keys.remember(add("a"));

        assertThat(keys.known("a")).isPresent();
        refresh();
        assertThat(keys.known("a")).isPresent();
        assertThat(store.lookups()).isZero();
    }

    @Test
    void newKeyIsLookedUpOnce() {
        refresh();
        add("a");

        assertThat(keys.known("a")).isEmpty();
        assertThat(lookUp("a")).isPresent();
        assertThat(keys.known("a")).isPresent();
        assertThat(store.lookups()).isEqualTo(1);
    }

    @Test
    void keyThatWasLookedUpAndIsRevokedGoesWithTheNextRefreshToo() {
        refresh();
        add("a");
        lookUp("a");
        revoke("a");

        refresh();

        assertThat(keys.known("a")).isEmpty();
    }

    @Test
    void unknownIdIsNotLookedUpAgainForAWhile() {
        assertThat(lookUp("a")).isEmpty();
        pass(Duration.ofSeconds(5));
        assertThat(lookUp("a")).isEmpty();
        assertThat(store.lookups()).isEqualTo(1);

        add("a");
        pass(Duration.ofMillis(1));
        assertThat(lookUp("a")).isPresent();
    }

    @Test
    void floodOfUnknownIdsMeansTwentyLookupsASecond() {
        int refused = 0;
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 1000; i++) {
                try {
                    lookUp("id-" + second + "-" + i);
                } catch (Refusal e) {
                    assertThat(e.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE);
                    refused++;
                }
                pass(Duration.ofMillis(1));
            }
        }
        assertThat(store.lookups()).isBetween(190, 220);
        assertThat(refused).isEqualTo(10_000 - store.lookups());
    }

    @Test
    void whileTheStoreIsAwayKnownKeysCountForAQuarterOfAnHour() {
        add("a");
        refresh();
        store.away(true);

        for (int minute = 0; minute < 15; minute++) {
            assertThat(keys.known("a")).isPresent();
            pass(Duration.ofMinutes(1));
            assertThatThrownBy(this::refresh).hasMessage("away");
            assertThatThrownBy(() -> lookUp("b")).isInstanceOf(Refusal.class).hasMessageContaining("does not answer");
        }
        assertThat(keys.known("a")).isPresent();
        pass(Duration.ofMillis(1));
        assertThatThrownBy(() -> keys.known("a")).isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.reason())
                .isEqualTo(Refusal.Reason.UNAVAILABLE));

        store.away(false);
        refresh();
        assertThat(keys.known("a")).isPresent();
    }

    @Test
    void aStoreThatIsAwayFromTheStartIsNoReasonToCallAKeyUnknown() {
        add("a");
        store.away(true);

        assertThat(keys.known("a")).isEmpty();
        assertThatThrownBy(() -> lookUp("a")).isInstanceOf(Refusal.class).hasMessageContaining("does not answer");
        store.away(false);
        assertThat(lookUp("a")).isPresent();
    }

    @Test
    void timeIsThatOfTheStore() {
        refresh();
        pass(Duration.ofMinutes(3));

        assertThat(keys.now()).isEqualTo(BEGIN.plusNanos(nanos));
    }

    private ApiKey add(String id) {
        ApiKey key = new ApiKey(
                id,
                KeyHash.of(id.getBytes()),
                Grant.of(List.of("shop", "reader", "*")),
                "root",
                Optional.empty(),
                BEGIN);
        store.add(key, 1000).await().atMost(DEADLINE);
        return key;
    }

    private void revoke(String id) {
        store.remove(id, "revoked " + id).await().atMost(DEADLINE);
    }

    private void refresh() {
        keys.refresh().await().atMost(DEADLINE);
    }

    private Optional<KnownKey> lookUp(String id) {
        return keys.lookUp(id).await().atMost(DEADLINE);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
