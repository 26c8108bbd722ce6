package io.mainstay.jobtype;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobsConfig;
import io.mainstay.redis.Configured;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private static final HandlerName MAIL = new HandlerName("mail");
    private static final HandlerName OTHER = new HandlerName("other");
    private static final QueueName QUEUE = new QueueName("work");
    private static final QueueName ELSEWHERE = new QueueName("elsewhere");
    private static final Set<HandlerName> BOTH = Set.of(MAIL, OTHER);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final InMemoryHandlerStore store = new InMemoryHandlerStore(() -> now);
    private final DeclaredHandlers handlers =
            new DeclaredHandlers(store, new DeclarationReading(Configured.by(JobsConfig.class, Map.of())));
    private final Holds holds = new Holds(handlers, () -> now.toEpochMilli() * 1_000_000);
    private final Probing probing = new Probing(holds, store, new JobIds(), () -> MINUTE);
    private int freed;

    @Test
    void nothingIsClaimedForAMomentBeforeTheStoreHasAnswered() {
        assertThat(holds.claimable(BOTH)).isEmpty();
        assertThat(holds.mayClaim(QUEUE, MAIL)).isFalse();
        now = now.plusSeconds(2);

        assertThat(holds.claimable(BOTH)).isSameAs(BOTH);
        assertThat(holds.mayClaim(QUEUE, MAIL)).isTrue();
    }

    @Test
    void nothingIsHeldAtFirst() {
        answer(handlers.refresh());

        assertThat(holds.claimable(BOTH)).isSameAs(BOTH);
        assertThat(holds.mayClaim(QUEUE, MAIL)).isTrue();
        assertThat(holds.probe(QUEUE, BOTH)).isEmpty();
    }

    @Test
    void heldHandlerIsLeftOut() {
        hold();

        assertThat(holds.held(MAIL)).isTrue();
        assertThat(holds.claimable(BOTH)).containsExactly(OTHER);
        assertThat(holds.mayClaim(QUEUE, MAIL)).isFalse();
        assertThat(holds.mayClaim(QUEUE, OTHER)).isTrue();
    }

    @Test
    void oneJobIsTriedOnceItIsTimeFromAQueueThatHasSome() {
        hold();
        holds.mayClaim(QUEUE, MAIL);
        assertThat(look()).isFalse();
        now = now.plus(MINUTE);

        assertThat(look()).isTrue();
        assertThat(holds.mayClaim(QUEUE, MAIL)).isTrue();
        assertThat(holds.probe(ELSEWHERE, BOTH)).isEmpty();
        assertThat(holds.probe(QUEUE, Set.of(OTHER))).isEmpty();
        assertThat(holds.probe(QUEUE, BOTH)).contains(MAIL);
        assertThat(holds.probe(QUEUE, BOTH)).isEmpty();
        holds.probed(QUEUE, MAIL, true);

        holds.mayClaim(QUEUE, MAIL);
        assertThat(look()).isFalse();
        assertThat(holds.probe(QUEUE, BOTH)).isEmpty();
        now = now.plus(MINUTE);
        assertThat(look()).isTrue();
    }

    @Test
    void nobodyAsksWhoKnowsOfNoJob() {
        hold();
        now = now.plus(MINUTE);

        assertThat(look()).isFalse();
        assertThat(answer(store.probe(MAIL, "another", MINUTE))).isZero();
    }

    @Test
    void probeThatFindsNothingGoesOnElsewhereAndIsGivenBackThen() {
        hold();
        holds.mayClaim(QUEUE, MAIL);
        holds.mayClaim(ELSEWHERE, MAIL);
        now = now.plus(MINUTE);
        look();

        holds.probe(QUEUE, BOTH);
        holds.probed(QUEUE, MAIL, false);
        assertThat(holds.probe(QUEUE, BOTH)).isEmpty();
        assertThat(holds.probe(ELSEWHERE, BOTH)).contains(MAIL);
        holds.probed(ELSEWHERE, MAIL, false);
        look();

        assertThat(answer(store.probe(MAIL, "another", MINUTE))).isZero();
    }

    @Test
    void probeThatIsNotUsedIsGivenBack() {
        hold();
        holds.mayClaim(QUEUE, MAIL);
        now = now.plus(MINUTE);
        look();
        now = now.plus(Probe.USE_WITHIN).plusMillis(1);
        look();

        assertThat(holds.probe(QUEUE, BOTH)).isEmpty();
        assertThat(answer(store.probe(MAIL, "another", MINUTE))).isZero();
    }

    @Test
    void nothingIsTriedOfAHandlerThatIsHeldByHand() {
        answer(store.hold(MAIL, "t"));
        answer(handlers.refresh());
        holds.mayClaim(QUEUE, MAIL);
        now = now.plus(MINUTE.multipliedBy(2));

        assertThat(look()).isFalse();
        assertThat(holds.mayClaim(QUEUE, MAIL)).isFalse();
    }

    @Test
    void suspendedHandlerWaitsUntilItGoesOn() {
        answer(handlers.refresh());
        holds.onFree(() -> freed++);
        holds.suspend(MAIL);
        assertThat(holds.claimable(BOTH)).containsExactly(OTHER);
        assertThat(holds.mayClaim(QUEUE, MAIL)).isFalse();
        assertThat(holds.held(MAIL)).isFalse();

        holds.goOn(MAIL);
        holds.goOn(MAIL);

        assertThat(holds.claimable(BOTH)).isSameAs(BOTH);
        assertThat(freed).isEqualTo(1);
    }

    @Test
    void whatIsKnownStaysWhileTheStoreIsAway() {
        hold();
        store.away(true);

        assertThat(handlers.refresh().onFailure().recoverWithNull().await().indefinitely())
                .isNull();
        assertThat(holds.held(MAIL)).isTrue();
    }

    @Test
    void onlyWhatHasChangedIsRead() {
        for (int i = 0; i < 250; i++) {
            answer(store.put(new HandlerName("h" + i), "{}", Optional.empty(), "t" + i));
        }
        answer(handlers.refresh());
        assertThat(store.textsRead()).isEqualTo(250);
        answer(store.put(new HandlerName("h7"), "{\"maxAttempts\":3}", Optional.empty(), "again"));
        answer(store.remove(new HandlerName("h8"), "gone"));
        answer(handlers.refresh());

        assertThat(store.textsRead()).isEqualTo(251);
        assertThat(handlers.of(new HandlerName("h7")).maxAttempts()).isEqualTo(3);
        assertThat(handlers.declares(new HandlerName("h8"))).isFalse();
        assertThat(handlers.names()).hasSize(249);
    }

    @Test
    void declarationThatCannotBeReadDoesNotCount() {
        answer(store.put(MAIL, "{\"newer\":1}", Optional.empty(), "t"));
        answer(store.put(OTHER, "{}", Optional.empty(), "u"));
        answer(handlers.refresh());

        assertThat(handlers.names()).containsExactly(OTHER);
    }

    private void hold() {
        answer(store.put(MAIL, "{\"hold\":{}}", Optional.of(new HoldPolicy(1, MINUTE)), "t"));
        answer(store.count(
                "a", "u", List.of(new HandlerStore.Outcomes(MAIL, 0, 1, Optional.empty(), Optional.empty()))));
        answer(handlers.refresh());
    }

    private boolean look() {
        return answer(probing.look());
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(30));
    }
}
