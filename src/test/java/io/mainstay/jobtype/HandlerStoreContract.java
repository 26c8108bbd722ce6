package io.mainstay.jobtype;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.jobtype.HandlerStore.Counted;
import io.mainstay.jobtype.HandlerStore.Outcomes;
import io.mainstay.jobtype.HandlerStore.Put;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of declarations and holds must do. */
public abstract class HandlerStoreContract {

    protected static final Duration DEADLINE = Duration.ofSeconds(40);
    protected static final HandlerName MAIL = new HandlerName("mail");
    private static final HandlerName OTHER = new HandlerName("other");
    private static final Optional<HoldPolicy> NEVER = Optional.empty();
    private static final Optional<HoldPolicy> AFTER_3 = Optional.of(new HoldPolicy(3, Duration.ofMinutes(5)));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private int tokens;

    /** Empty before each test. */
    protected abstract HandlerStore store();

    protected abstract Instant now();

    protected abstract void letPass(Duration duration);

    @Test
    void declarationIsReadAsItWasPut() {
        assertThat(put(MAIL, "{\"é\": 1}", NEVER)).isEqualTo(Put.CREATED);

        HandlerStore.Texts read = answer(store().texts(List.of(OTHER, MAIL)));
        assertThat(read.looked()).isEqualTo(2);
        assertThat(read.texts()).isEqualTo(Map.of(MAIL, "{\"é\": 1}"));
        assertThat(overview("-").revisions()).containsOnlyKeys(MAIL);
        assertThat(overview("-").now()).isBetween(now().minusSeconds(10), now().plusSeconds(10));
    }

    @Test
    void whatIsPutAgainChangesNothing() {
        put(MAIL, "{}", NEVER);
        HandlerStore.Overview before = overview("-");

        assertThat(put(MAIL, "{}", NEVER)).isEqualTo(Put.UNCHANGED);

        assertThat(overview("-").version()).isEqualTo(before.version());
        assertThat(overview("-").revisions()).isEqualTo(before.revisions());
    }

    @Test
    void repeatedCallIsAnsweredAsTheFirst() {
        assertThat(answer(store().put(MAIL, "{}", NEVER, "t"))).isEqualTo(Put.CREATED);
        assertThat(answer(store().put(MAIL, "{}", NEVER, "t"))).isEqualTo(Put.CREATED);
        assertThat(answer(store().put(MAIL, "{ }", NEVER, "u"))).isEqualTo(Put.CHANGED);
        assertThat(answer(store().put(MAIL, "{ }", NEVER, "u"))).isEqualTo(Put.CHANGED);
    }

    @Test
    void versionIsAnotherAfterEachChangeAndSparesTheRest() {
        String first = overview("-").version();
        put(MAIL, "{}", NEVER);
        HandlerStore.Overview second = overview(first);
        put(OTHER, "{}", NEVER);
        HandlerStore.Overview third = overview(second.version());
        answer(store().remove(MAIL, token()));
        HandlerStore.Overview fourth = overview(third.version());

        assertThat(List.of(first, second.version(), third.version(), fourth.version()))
                .doesNotHaveDuplicates();
        assertThat(third.revisions()).containsOnlyKeys(MAIL, OTHER);
        assertThat(third.revisions().get(MAIL)).isEqualTo(second.revisions().get(MAIL));
        assertThat(fourth.revisions()).containsOnlyKeys(OTHER);
        assertThat(overview(fourth.version()).revisions()).isEmpty();
        answer(store().remove(MAIL, token()));
        assertThat(overview("-").version()).isEqualTo(fourth.version());
    }

    @Test
    void declarationsAreBoundedInBytes() {
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 8; i++) {
            assertThat(put(new HandlerName("h" + i), large, NEVER)).isEqualTo(Put.CREATED);
        }

        assertThat(put(MAIL, "x", NEVER)).isEqualTo(Put.TOO_LARGE);
        assertThat(put(new HandlerName("h0"), "y", NEVER)).isEqualTo(Put.CHANGED);
        assertThat(put(MAIL, "x", NEVER)).isEqualTo(Put.CREATED);
        answer(store().remove(new HandlerName("h1"), token()));
        assertThat(put(OTHER, large, NEVER)).isEqualTo(Put.CREATED);
        HandlerStore.Texts some =
                answer(store().texts(List.of(new HandlerName("h2"), new HandlerName("h3"), new HandlerName("h4"))));
        assertThat(some.looked()).isBetween(1, 2);
        assertThat(some.texts()).hasSize(some.looked());
    }

    @Test
    void handlerIsHeldOnceEnoughFailedAndNoneSucceeded() {
        put(MAIL, "{}", AFTER_3);

        assertThat(count("a", 0, 2)).isEqualTo(new Counted(2, Duration.ZERO, Optional.empty()));
        String before = overview("-").version();
        Counted third = count("b", 0, 1);

        assertThat(third.failed()).isEqualTo(3);
        assertThat(third.held()).isPresent();
        Hold hold = overview(before).held().get(MAIL);
        assertThat(Optional.of(hold)).isEqualTo(third.held());
        assertThat(hold.failed()).isEqualTo(3);
        assertThat(hold.byHand()).isFalse();
        assertThat(hold.since()).isBetween(now().minusSeconds(10), now().plusMillis(1));
    }

    @Test
    void failuresAreCountedOnce() {
        put(MAIL, "{}", AFTER_3);

        count("a", 0, 2);
        count("a", 0, 2);
        assertThat(count("a", 2, 2).failed()).isEqualTo(2);
        // An answer that was lost, and one more since.
        assertThat(count("a", 0, 3).failed()).isEqualTo(3);
    }

    @Test
    void successWithinTheWindowKeepsItFromBeingHeld() {
        put(MAIL, "{}", AFTER_3);
        count("a", 0, 2);

        Counted success = count("b", 0, 0, Optional.of(now()), Optional.of(now()));
        assertThat(success.failed()).isZero();
        assertThat(success.quiet()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        Counted failures = count("a", 2, 20);

        assertThat(failures.failed()).isEqualTo(18);
        assertThat(failures.held()).isEmpty();
    }

    @Test
    void successBeforeTheWindowDoesNot() {
        put(MAIL, "{}", Optional.of(new HoldPolicy(3, Duration.ofSeconds(1))));
        count("a", 0, 0, Optional.of(now().minusSeconds(2)), Optional.of(now().minusSeconds(2)));

        assertThat(count("a", 0, 3).held()).isPresent();
    }

    @Test
    void failuresBeforeTheWindowDoNotCount() {
        put(MAIL, "{}", Optional.of(new HoldPolicy(3, Duration.ofSeconds(1))));
        count("a", 0, 2);
        letPass(Duration.ofMillis(1300));

        assertThat(count("a", 2, 3)).isEqualTo(new Counted(1, Duration.ZERO, Optional.empty()));
    }

    @Test
    void handlersWithoutPolicyAreNeverHeld() {
        put(MAIL, "{}", NEVER);

        assertThat(count("a", 0, 1000)).isEqualTo(new Counted(0, Duration.ZERO, Optional.empty()));
        assertThat(overview("-").held()).isEmpty();
    }

    @Test
    void successThatBeganSinceResumes() {
        put(MAIL, "{}", AFTER_3);
        Hold hold = count("a", 0, 3).held().orElseThrow();

        Counted earlier = count(
                "b", 0, 0, Optional.of(hold.since()), Optional.of(hold.since().minusMillis(1)));
        assertThat(earlier.held()).contains(hold);
        Counted later = count("b", 0, 0, Optional.of(now()), Optional.of(hold.since()));

        assertThat(later).isEqualTo(new Counted(0, Duration.ZERO, Optional.empty()));
        assertThat(overview("-").held()).isEmpty();
        // It begins anew, whatever succeeded before.
        assertThat(count("a", 3, 6).held()).isPresent();
    }

    @Test
    void oneProbeIsGivenInItsTime() {
        put(MAIL, "{}", AFTER_3);
        assertThat(probe("a", MINUTE)).isEqualTo(MINUTE);
        count("a", 0, 3);

        assertThat(probe("a", MINUTE)).isBetween(Duration.ofSeconds(30), MINUTE);
        letPass(Duration.ofMillis(20));
        Duration soon = Duration.ofMillis(10);
        assertThat(probe("a", soon)).isZero();
        assertThat(probe("a", soon)).isZero();
        letPass(Duration.ofMillis(20));
        assertThat(probe("b", MINUTE)).isZero();
        assertThat(probe("a", MINUTE)).isBetween(Duration.ofSeconds(30), MINUTE);
    }

    @Test
    void probeThatIsGivenBackIsTheNextOnes() {
        put(MAIL, "{}", AFTER_3);
        count("a", 0, 3);
        letPass(Duration.ofMillis(20));
        Duration every = Duration.ofMillis(10);
        probe("a", every);

        answer(store().giveBack(MAIL, "b"));
        answer(store().giveBack(MAIL, "a"));
        answer(store().giveBack(MAIL, "a"));

        assertThat(probe("c", every)).isZero();
    }

    @Test
    void holdByHandLastsUntilItIsResumed() {
        put(MAIL, "{}", AFTER_3);
        assertThat(answer(store().hold(MAIL, token()))).isTrue();
        String version = overview("-").version();
        Hold hold = overview("-").held().get(MAIL);
        assertThat(answer(store().hold(MAIL, token()))).isTrue();

        assertThat(overview("-").version()).isEqualTo(version);
        assertThat(hold.byHand()).isTrue();
        assertThat(probe("a", Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
        count("a", 0, 0, Optional.of(now()), Optional.of(now()));
        put(MAIL, "{ }", NEVER);
        answer(store().remove(MAIL, token()));
        assertThat(overview("-").held()).isEqualTo(Map.of(MAIL, hold));

        answer(store().resume(MAIL, token()));
        answer(store().resume(MAIL, token()));
        assertThat(overview(version).held()).isEmpty();
    }

    @Test
    void whoTakesItInHandEndsProbes() {
        put(MAIL, "{}", AFTER_3);
        Hold hold = count("a", 0, 3).held().orElseThrow();

        answer(store().hold(MAIL, token()));

        assertThat(overview("-").held()).isEqualTo(Map.of(MAIL, new Hold(hold.since(), 0)));
    }

    @Test
    void resumedHandlerIsCountedAnew() {
        put(MAIL, "{}", AFTER_3);
        count("a", 0, 3);
        answer(store().resume(MAIL, token()));

        assertThat(count("a", 3, 5)).isEqualTo(new Counted(2, Duration.ZERO, Optional.empty()));
    }

    @Test
    void withoutPolicyNoHoldOfItStays() {
        put(MAIL, "{}", AFTER_3);
        put(OTHER, "{}", AFTER_3);
        count("a", 0, 3);
        answer(store().count("a", token(), List.of(failures(OTHER, 0, 3))));
        assertThat(overview("-").held()).containsOnlyKeys(MAIL, OTHER);

        put(MAIL, "{ }", NEVER);
        answer(store().remove(OTHER, token()));

        assertThat(overview("-").held()).isEmpty();
    }

    @Test
    void manyHandlersAreCountedTogether() {
        put(MAIL, "{}", AFTER_3);
        List<Counted> counted =
                answer(store().count("a", token(), List.of(failures(OTHER, 0, 3), failures(MAIL, 0, 4))));

        assertThat(counted).extracting(Counted::failed).containsExactly(0, 4);
    }

    private Put put(HandlerName name, String text, Optional<HoldPolicy> hold) {
        return answer(store().put(name, text, hold, token()));
    }

    private HandlerStore.Overview overview(String known) {
        return answer(store().overview(known));
    }

    private Duration probe(String token, Duration every) {
        return answer(store().probe(MAIL, token, every));
    }

    private Counted count(String instance, long counted, long failed) {
        return answer(store().count(instance, token(), List.of(failures(MAIL, counted, failed))))
                .get(0);
    }

    private Counted count(
            String instance, long counted, long failed, Optional<Instant> succeeded, Optional<Instant> began) {
        return answer(store().count(instance, token(), List.of(new Outcomes(MAIL, counted, failed, succeeded, began))))
                .get(0);
    }

    private static Outcomes failures(HandlerName name, long counted, long failed) {
        return new Outcomes(name, counted, failed, Optional.empty(), Optional.empty());
    }

    private String token() {
        return "token-" + tokens++;
    }

    protected static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(DEADLINE);
    }
}
