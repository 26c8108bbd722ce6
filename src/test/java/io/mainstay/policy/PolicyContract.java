package io.mainstay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.queue.ContractSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public interface PolicyContract extends ContractSteps {

    @Test
    default void policyIsKeptAsItWasSet() {
        QueuePolicy policy = new QueuePolicy(1, Critical.MIRRORED, Duration.ofSeconds(20));
        Layout layout = new Layout(0, 1, Layout.Phase.MOVING, 24, List.of(12, 3));

        StoredPolicy set = put(wanted(QUEUE, "", policy, layout), true, "one").orElseThrow();

        assertThat(set.revision()).isEqualTo("one");
        assertThat(set.policy()).isEqualTo(policy);
        assertThat(set.layout())
                .isEqualTo(new Layout(set.layout().epoch(), 1, Layout.Phase.MOVING, 24, List.of(12, 3)));
        assertThat(set.layout().epoch()).isPositive();
        assertThat(set.changedAt()).isBeforeOrEqualTo(store().now());
        assertThat(policies()).containsExactly(set);
    }

    @Test
    default void policyIsSetOnlyIfItIsWhatWasRead() {
        StoredPolicy first = put(wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE), false, "one")
                .orElseThrow();

        assertThat(put(wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE), false, "two"))
                .isEmpty();
        assertThat(put(wanted(QUEUE, "other", QueuePolicy.NONE, Layout.SINGLE), false, "two"))
                .isEmpty();
        assertThat(policies()).containsExactly(first);
        assertThat(put(wanted(QUEUE, "one", QueuePolicy.NONE, Layout.SINGLE), false, "two"))
                .isPresent();
    }

    @Test
    default void repeatOfAChangeChangesNothing() {
        StoredPolicy wanted = wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE.closing(24));
        StoredPolicy first = put(wanted, true, "one").orElseThrow();

        assertThat(put(wanted, true, "one")).contains(first);
        assertThat(policies()).containsExactly(first);
    }

    @Test
    default void epochsNeverComeAgain() {
        StoredPolicy one = put(wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE), true, "one")
                .orElseThrow();
        StoredPolicy same = put(wanted(QUEUE, "one", QueuePolicy.NONE, Layout.SINGLE), false, "two")
                .orElseThrow();
        StoredPolicy next = put(wanted(QUEUE, "two", QueuePolicy.NONE, Layout.SINGLE), true, "three")
                .orElseThrow();
        assertThat(answer(store().policies().remove(next, "gone"))).isTrue();
        store().step(Duration.ofHours(-2));
        StoredPolicy later = put(wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE), true, "four")
                .orElseThrow();

        assertThat(same.layout().epoch()).isEqualTo(one.layout().epoch());
        assertThat(next.layout().epoch()).isGreaterThan(one.layout().epoch());
        assertThat(later.layout().epoch()).isGreaterThan(next.layout().epoch());
    }

    @Test
    default void policyIsRemovedOnlyIfItIsWhatWasRead() {
        StoredPolicy first = put(wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE), false, "one")
                .orElseThrow();
        StoredPolicy second = put(wanted(QUEUE, "one", QueuePolicy.NONE, Layout.SINGLE), false, "two")
                .orElseThrow();

        assertThat(answer(store().policies().remove(first, "three"))).isFalse();
        assertThat(answer(store().policies().remove(second, "four"))).isTrue();
        assertThat(answer(store().policies().remove(second, "four"))).isTrue();
        assertThat(policies()).isEmpty();
    }

    @Test
    default void policiesAreReadOnlyIfTheyHaveChanged() {
        PolicyStore.News before = answer(store().policies().news("-"));
        assertThat(before.policies()).contains(List.of());
        put(wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE), false, "one");
        put(wanted(new QueueName("mail"), "", QueuePolicy.NONE, Layout.SINGLE), false, "two");

        PolicyStore.News news = answer(store().policies().news(before.version()));

        assertThat(news.policies().orElseThrow())
                .extracting(StoredPolicy::queue)
                .containsExactlyInAnyOrder(QUEUE, new QueueName("mail"));
        assertThat(answer(store().policies().news(news.version())).policies()).isEmpty();
    }

    @Test
    default void policiesThatWereLostAreThereAgain() {
        StoredPolicy lost = new StoredPolicy(
                QUEUE,
                "one",
                Instant.ofEpochMilli(1234),
                new QueuePolicy(1, Critical.MIRRORED, Duration.ofSeconds(20)),
                new Layout(
                        store().now().plus(Duration.ofHours(1)).toEpochMilli(), 1, Layout.Phase.SETTLED, 0, List.of()));
        PolicyStore.News kept = new PolicyStore.News("latest", Instant.EPOCH, Optional.of(List.of(lost)));

        assertThat(answer(store().policies().restore(kept))).isTrue();

        assertThat(policies()).containsExactly(lost);
        assertThat(answer(store().policies().news("latest")).policies()).isEmpty();
        StoredPolicy next = put(wanted(QUEUE, "one", QueuePolicy.NONE, Layout.SINGLE), true, "two")
                .orElseThrow();
        assertThat(next.layout().epoch()).isGreaterThan(lost.layout().epoch());
    }

    @Test
    default void policiesAreNotRestoredWhereThereIsOneOrWas() {
        StoredPolicy there = put(wanted(QUEUE, "", QueuePolicy.NONE, Layout.SINGLE), false, "one")
                .orElseThrow();
        PolicyStore.News other = new PolicyStore.News("latest", Instant.EPOCH, Optional.of(List.of()));

        assertThat(answer(store().policies().restore(other))).isFalse();
        assertThat(policies()).containsExactly(there);
        assertThat(answer(store().policies().remove(there, "gone"))).isTrue();
        assertThat(answer(store().policies().restore(other))).isFalse();
    }

    private static StoredPolicy wanted(QueueName queue, String read, QueuePolicy policy, Layout layout) {
        return new StoredPolicy(queue, read, Instant.EPOCH, policy, layout);
    }

    private Optional<StoredPolicy> put(StoredPolicy wanted, boolean begins, String change) {
        return answer(store().policies().put(wanted, begins, change));
    }

    private List<StoredPolicy> policies() {
        return answer(store().policies().news("-")).policies().orElseThrow();
    }
}
