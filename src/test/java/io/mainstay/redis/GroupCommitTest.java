package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "loop"));
    private final List<String> committedOn = new CopyOnWriteArrayList<>();
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

    private CompletableFuture<String> add(String item) {
        return Uni.createFrom()
                .<String>emitter(emitter -> onLoop(() -> commits.add(item, emitter)))
                .subscribeAsCompletionStage();
    }

    private Uni<List<String>> commit(List<String> items) {
        committedOn.add(Thread.currentThread().getName());
        return committedOn.size() == 1
                ? Uni.createFrom().completionStage(firstCommit)
                : Uni.createFrom().item(items);
    }

    private void onLoop(Runnable task) {
        if (Thread.currentThread().getName().equals("loop")) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
