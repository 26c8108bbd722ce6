package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "loop"));
    private final List<String> committedOn = new CopyOnWriteArrayList<>();
    /** Of the commits after the first; all items as they are, if there is none. */
    private final Queue<Function<List<String>, Uni<List<String>>>> answersOfCommit = new ConcurrentLinkedQueue<>();

    private final CompletableFuture<List<String>> firstCommit = new CompletableFuture<>();

    private final GroupCommit<String, String> commits = new GroupCommit<>(
            new GroupCommit.Batch<>(10, String::length),
            Duration.ofSeconds(10),
            () -> false,
            this::onLoop,
            this::commit);

    @AfterEach
    void close() {
        loop.shutdownNow();
    }

    @Test
    void timeOutToldOnAnotherThreadIsDealtWithOnTheLoop() {
        CompletableFuture<String> first = add("first");
        CompletableFuture<String> second = add("second");
        CompletableFuture<Void> bothThere = CompletableFuture.runAsync(() -> {}, loop);
        bothThere.join();

        firstCommit.completeExceptionally(new StoreUnavailableException("not in time", null));

        assertThatThrownBy(first::join).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(second.join()).isEqualTo("second");
        assertThat(committedOn).hasSize(2).containsOnly("loop");
    }

    @Test
    void whatACommitGaveNoAnswerToGoesAgainAndOthersKeepTheirs() {
        CompletableFuture<String> alone = add("alone");
        CompletableFuture<String> answered = add("a");
        CompletableFuture<String> failed = add("b");
        CompletableFuture.runAsync(() -> {}, loop).join();
        // The second commit has room for one answer, the third fails.
        answersOfCommit.add(items -> Uni.createFrom().item(items.subList(0, 1)));
        answersOfCommit.add(items -> Uni.createFrom().failure(new StoreUnavailableException("away", null)));
        firstCommit.complete(List.of("alone"));

        assertThat(alone.join()).isEqualTo("alone");
        assertThat(answered.join()).isEqualTo("a");
        assertThatThrownBy(failed::join).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    private CompletableFuture<String> add(String item) {
        return Uni.createFrom()
                .<String>emitter(emitter -> onLoop(() -> commits.add(item, emitter)))
                .subscribeAsCompletionStage();
    }

    private Uni<List<String>> commit(List<String> items) {
        committedOn.add(Thread.currentThread().getName());
        if (committedOn.size() == 1) {
            return Uni.createFrom().completionStage(firstCommit);
        }
        Function<List<String>, Uni<List<String>>> answer = answersOfCommit.poll();
        return answer == null ? Uni.createFrom().item(items) : answer.apply(items);
    }

    private void onLoop(Runnable task) {
        if (Thread.currentThread().getName().equals("loop")) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
