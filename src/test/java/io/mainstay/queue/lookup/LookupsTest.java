package io.mainstay.queue.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.LimitReachedException;
import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LookupsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private long nanos = 99;
    private final Map<String, String> store = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Lookups<String> lookups = new Lookups<>(
            id -> {
                asked.add(id);
                return Uni.createFrom().item(Optional.ofNullable(store.get(id)));
            },
            () -> nanos);

    @Test
    void whatIsThereIsLookedUpOnceAndKept() {
        store.put("a", "A");

        assertThat(lookups.found("a")).isEmpty();
        assertThat(lookUp("a")).contains("A");
        assertThat(lookups.found("a")).contains("A");
    }

    @Test
    void whatIsNotThereIsNotLookedUpAgainForAWhile() {
        assertThat(lookUp("a")).isEmpty();
        store.put("a", "A");
        nanos += Lookups.ABSENT_FOR.toNanos();
        assertThat(lookUp("a")).isEmpty();
        assertThat(asked).containsExactly("a");

        nanos++;
        assertThat(lookUp("a")).contains("A");
    }

    @Test
    void whoAsksAtTheSameTimeSharesTheAnswer() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        List<String> sent = new ArrayList<>();
        Lookups<String> slow = new Lookups<>(
                id -> {
                    sent.add(id);
                    return Uni.createFrom().completionStage(answer);
                },
                () -> nanos);
        CompletableFuture<Optional<String>> first = slow.lookUp("a").subscribeAsCompletionStage();
        CompletableFuture<Optional<String>> second = slow.lookUp("a").subscribeAsCompletionStage();

        answer.complete(Optional.of("A"));

        assertThat(first.join()).contains("A");
        assertThat(second.join()).contains("A");
        assertThat(sent).containsExactly("a");
    }

    @Test
    void tooManyAreRefusedAndTheStoreIsSpared() {
        for (int i = 0; i < Lookups.A_SECOND; i++) {
            lookUp("id-" + i);
        }

        assertThatThrownBy(() -> lookUp("one-more")).isInstanceOf(LimitReachedException.class);
        assertThat(asked).hasSize(Lookups.A_SECOND);
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(lookUp("one-more")).isEmpty();
    }

    @Test
    void failureIsNotRemembered() {
        List<Throwable> failures = new ArrayList<>(List.of(new StoreUnavailableException("away", null)));
        Lookups<String> flaky = new Lookups<>(
                id -> failures.isEmpty()
                        ? Uni.createFrom().item(Optional.of("A"))
                        : Uni.createFrom().failure(failures.remove(0)),
                () -> nanos);

        assertThatThrownBy(() -> flaky.lookUp("a").await().atMost(DEADLINE)).hasMessage("away");
        assertThat(flaky.lookUp("a").await().atMost(DEADLINE)).contains("A");
    }

    @Test
    void whatWasReadTakesThePlaceOfWhatWasFound() {
        store.putAll(Map.of("a", "A", "b", "B"));
        lookUp("a");
        lookUp("b");

        lookups.forgetFound(Set.of("a", "c"));

        assertThat(lookups.found("a")).isEmpty();
        assertThat(lookups.found("b")).contains("B");
    }

    private Optional<String> lookUp(String id) {
        return lookups.lookUp(id).await().atMost(DEADLINE);
    }
}
