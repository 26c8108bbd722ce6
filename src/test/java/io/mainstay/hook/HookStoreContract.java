package io.mainstay.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.hook.HookStore.Overview;
import io.mainstay.hook.HookStore.Put;
import io.mainstay.hook.HookStore.Stored;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every store of hooks must do. */
public abstract class HookStoreContract {

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final HookName OPS = new HookName("ops");
    private static final HookName OTHER = new HookName("other");

    /** Empty before each test. */
    protected abstract HookStore store();

    @Test
    void hookIsReadAsItWasPut() {
        assertThat(answer(store().put(OPS, "{\"é\":\n1}", "t"))).isEqualTo(Put.CREATED);

        assertThat(all().hooks()).containsOnlyKeys(OPS).containsEntry(OPS, new Stored("{\"é\":\n1}", "t"));
        assertThat(all().disabled()).isEmpty();
    }

    @Test
    void repeatedCallIsAnsweredAsTheFirst() {
        for (int sent = 0; sent < 2; sent++) {
            assertThat(answer(store().put(OPS, "{}", "t"))).isEqualTo(Put.CREATED);
        }
        for (int sent = 0; sent < 2; sent++) {
            assertThat(answer(store().put(OPS, "{ }", "u"))).isEqualTo(Put.CHANGED);
        }
        assertThat(answer(store().put(OPS, "{ }", "v"))).isEqualTo(Put.UNCHANGED);
    }

    @Test
    void versionIsHigherAfterEachChange() {
        long first = all().version();
        answer(store().put(OPS, "{}", "t"));
        Overview second = read(first);
        answer(store().put(OPS, "{}", "u"));
        assertThat(read(second.version()).version()).isEqualTo(second.version());
        assertThat(read(second.version()).hooks()).isEmpty();
        answer(store().disable(OPS, "t", "v"));
        Overview third = read(second.version());
        answer(store().remove(OPS));
        answer(store().remove(OPS));
        Overview fourth = read(third.version());

        assertThat(second.hooks()).containsOnlyKeys(OPS);
        assertThat(third.hooks()).containsOnlyKeys(OPS);
        assertThat(fourth.hooks()).isEmpty();
        assertThat(first).isLessThan(second.version());
        assertThat(second.version()).isLessThan(third.version());
        assertThat(third.version()).isLessThan(fourth.version());
    }

    @Test
    void versionIsNoLowerThanOneThatWasSeen() {
        answer(store().put(OPS, "{}", "t"));
        long before = all().version();

        Overview after = answer(store().read(before, before + 1_000_000_000_000L));
        assertThat(after.version()).isGreaterThan(before + 1_000_000_000_000L);
        assertThat(after.hooks()).containsOnlyKeys(OPS);
        assertThat(all().version()).isEqualTo(after.version());
    }

    @Test
    void hookIsDisabledUntilItIsPutAgain() {
        answer(store().put(OPS, "{}", "t"));
        answer(store().put(OTHER, "{}", "t"));
        assertThat(answer(store().disable(OPS, "t", "d"))).isTrue();
        assertThat(answer(store().disable(OPS, "t", "d"))).isTrue();
        assertThat(answer(store().disable(OPS, "t", "e"))).isFalse();
        assertThat(all().disabled()).containsOnlyKeys(OPS);

        assertThat(answer(store().put(OPS, "{}", "u"))).isEqualTo(Put.CHANGED);
        assertThat(all().disabled()).isEmpty();
    }

    @Test
    void hookThatHasChangedIsNotDisabled() {
        answer(store().put(OPS, "{}", "t"));
        answer(store().put(OPS, "{ }", "u"));

        assertThat(answer(store().disable(OPS, "t", "d"))).isFalse();
        assertThat(answer(store().disable(OTHER, "t", "d"))).isFalse();
        assertThat(all().disabled()).isEmpty();
    }

    @Test
    void numberAndBytesOfHooksAreBounded() {
        String large = "x".repeat((int) HookStore.MOST_BYTES / 2 + 1);
        answer(store().put(OPS, large, "t"));
        assertThat(answer(store().put(OTHER, large, "t"))).isEqualTo(Put.TOO_LARGE);
        assertThat(answer(store().put(OPS, "{}", "u"))).isEqualTo(Put.CHANGED);
        for (int count = 1; count < HookStore.MOST; count++) {
            assertThat(answer(store().put(new HookName("h" + count), "{}", "t")))
                    .isEqualTo(Put.CREATED);
        }
        assertThat(answer(store().put(OTHER, "{}", "t"))).isEqualTo(Put.TOO_MANY);
        assertThat(answer(store().put(OPS, "{ }", "v"))).isEqualTo(Put.CHANGED);
    }

    private Overview all() {
        return read(HookStore.NO_VERSION);
    }

    private Overview read(long known) {
        return answer(store().read(known, 0));
    }

    protected static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(DEADLINE);
    }
}
