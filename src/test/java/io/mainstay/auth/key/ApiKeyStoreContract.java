package io.mainstay.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.auth.Grant;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of API keys must do. */
public abstract class ApiKeyStoreContract {

    protected static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final int MOST = 10;
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    /** Empty before each test. */
    protected abstract ApiKeyStore store();

    protected abstract Instant now();

    @Test
    void keyIsReadAsItWasAdded() {
        ApiKey key = key("aaaaaaaaaaaa", "shop producer,reader orders,mail.* payload", Optional.of(END));
        Instant before = now();

        Instant made = answer(store().add(key, MOST)).orElseThrow();

        assertThat(made).isBetween(before, now());
        ApiKeySighting seen = answer(store().find(key.id()));
        assertThat(seen.key())
                .contains(new ApiKey(key.id(), key.hash(), key.grant(), key.createdBy(), Optional.of(END), made));
        assertThat(seen.now()).isBetween(made, now());
        assertThat(answer(store().find("bbbbbbbbbbbb")).key()).isEmpty();
    }

    @Test
    void repeatedAddAnswersAsTheFirst() {
        Optional<Instant> first = answer(store().add(key("a"), 1));

        assertThat(answer(store().add(key("a"), 1))).isEqualTo(first).isPresent();
        assertThat(ids(list(ApiKeyStore.NO_VERSION))).containsExactly("a");
    }

    @Test
    void oneMoreThanTheMostIsRefused() {
        answer(store().add(key("a"), 1));

        assertThat(answer(store().add(key("b"), 1))).isEmpty();
        assertThat(answer(store().find("b")).key()).isEmpty();
    }

    @Test
    void removedKeyIsGone() {
        answer(store().add(key("a"), 1));

        answer(store().remove("a", "change"));
        answer(store().remove("a", "change"));

        assertThat(answer(store().find("a")).key()).isEmpty();
        assertThat(list(ApiKeyStore.NO_VERSION).keys()).isEmpty();
        assertThat(answer(store().add(key("b"), 1))).isPresent();
    }

    @Test
    void keysAreListedById() {
        List.of("c", "a", "B", "1", "b").forEach(id -> answer(store().add(key(id), MOST)));

        ApiKeyPage first = answer(store().list(ApiKeyStore.NO_VERSION, Optional.empty(), 3));
        ApiKeyPage second = answer(store().list(ApiKeyStore.NO_VERSION, first.next(), 3));

        assertThat(ids(first)).containsExactly("1", "B", "a");
        assertThat(ids(second)).containsExactly("b", "c");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void versionIsAnotherAfterEachChangeAndSparesThePage() {
        String empty = list(ApiKeyStore.NO_VERSION).version();
        answer(store().add(key("a"), MOST));
        ApiKeyPage one = list(empty);
        answer(store().add(key("b"), MOST));
        ApiKeyPage two = list(one.version());
        answer(store().remove("none", "change-1"));
        assertThat(list(two.version()).version()).isEqualTo(two.version());
        answer(store().remove("a", "change-2"));
        ApiKeyPage three = list(two.version());

        assertThat(List.of(empty, one.version(), two.version(), three.version()))
                .doesNotHaveDuplicates();
        assertThat(ids(one)).containsExactly("a");
        assertThat(ids(two)).containsExactly("a", "b");
        assertThat(ids(three)).containsExactly("b");
        assertThat(list(three.version()).keys()).isEmpty();
        assertThat(list(three.version()).next()).isEmpty();
    }

    private ApiKeyPage list(String known) {
        return answer(store().list(known, Optional.empty(), MOST));
    }

    protected static ApiKey key(String id) {
        return key(id, "shop reader *", Optional.empty());
    }

    private static ApiKey key(String id, String grant, Optional<Instant> expiresAt) {
        return new ApiKey(
                id,
                KeyHash.of(id.getBytes()),
                Grant.of(List.of(grant.split(" "))),
                "the \"boss\" é",
                expiresAt,
                Instant.EPOCH);
    }

    private static List<String> ids(ApiKeyPage page) {
        return page.keys().stream().map(ApiKey::id).toList();
    }

    protected static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(DEADLINE);
    }
}
