package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.LimitReachedException;
import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

    private final ExecutorService loop = Executors.newSingleThreadExecutor(task -> new Thread(task, "loop"));
    private final List<String> committedOn = new CopyOnWriteArrayList<>();
    /** Of the commits after the first; all items as they are, if there is none. */
    private final Queue<Function<List<String>, Uni<List<String>>>> answersOfCommit = new ConcurrentLinkedQueue<>();

    private final CompletableFuture<List<String>> firstCommit = new CompletableFuture<>();

    private final WaitingBound bound = new WaitingBound(6, 600);
    private final AtomicBoolean rejecting = new AtomicBoolean();

    private final GroupCommit<String, String> commits = new GroupCommit<>(
            new GroupCommit.Batch<>(10, GroupCommitTest::bytes),
            bound.share(),
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
        onLoopNow(() -> {});

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
        onLoopNow(() -> {});
        // The second commit has room for one answer, the third fails.
        answersOfCommit.add(items -> Uni.createFrom().item(items.subList(0, 1)));
        answersOfCommit.add(items -> Uni.createFrom().failure(new StoreUnavailableException("away", null)));
        firstCommit.complete(List.of("alone"));

        assertThat(alone.join()).isEqualTo("alone");
        assertThat(answered.join()).isEqualTo("a");
        assertThatThrownBy(failed::join).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void whatComesInWhileTheLoopIsAtSomethingGoesTogether() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        List<List<String>> sent = new ArrayList<>();
        GroupCommit<String, String> together = new GroupCommit<>(
                new GroupCommit.Batch<>(10, String::length),
                bound.share(),
                Duration.ofSeconds(10),
                () -> false,
                tasks::add,
                items -> {
                    sent.add(items);
                    return Uni.createFrom().item(items);
                });
        List<CompletableFuture<String>> calls = Stream.of("a", "b")
                .map(item -> Uni.createFrom()
                        .<String>emitter(emitter -> together.add(item, emitter))
                        .subscribeAsCompletionStage())
                .toList();
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }

        assertThat(sent).containsExactly(List.of("a", "b"));
        assertThat(calls).extracting(CompletableFuture::join).containsExactly("a", "b");
    }

    @Test
    void noMoreWaitThanMay() {
        List<CompletableFuture<String>> taken =
                Stream.of("first", "2", "3").map(this::add).toList();
        CompletableFuture<String> tooMany = add("4");

        assertRefused(tooMany);
        firstCommit.complete(List.of("first"));
        assertThat(taken).extracting(CompletableFuture::join).containsExactly("first", "2", "3");
        assertThat(add("later").join()).isEqualTo("later");
    }

    @Test
    void noMoreBytesWaitThanMayButOneOfAnySizeDoes() {
        CompletableFuture<String> large = add("x".repeat(1000));
        CompletableFuture<String> tooMuch = add("y");

        assertRefused(tooMuch);
        firstCommit.complete(List.of("done"));
        assertThat(large.join()).isEqualTo("done");
        assertThat(add("later").join()).isEqualTo("later");
    }

    /** Whatever takes half of it leaves half of the rest to the next. */
    @Test
    void whoWaitsForNobodyFindsRoomBesideThoseWhoWaitForLong() {
        WaitingBound.Share stuck = bound.share();
        for (int i = 0; i < 3; i++) {
            stuck.enter(1);
        }
        assertThatThrownBy(() -> stuck.enter(1)).isInstanceOf(LimitReachedException.class);

        firstCommit.complete(List.of("one"));
        assertThat(add("one").join()).isEqualTo("one");
    }

    @Test
    void whatCannotBeMeasuredOrSentFailsAloneAndTheNextOnesGo() {
        assertThatThrownBy(() -> add("unmeasurable").join()).hasRootCauseMessage("unmeasurable");
        answersOfCommit.add(items -> {
            throw new StackOverflowError("thrown");
        });
        answersOfCommit.add(items -> null);
        answersOfCommit.add(items -> Uni.createFrom().nullItem());
        firstCommit.complete(List.of("first"));
        assertThat(add("first").join()).isEqualTo("first");

        assertThatThrownBy(() -> add("a").join()).hasRootCauseMessage("thrown");
        assertThatThrownBy(() -> add("b").join()).hasRootCauseInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> add("c").join()).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(add("d").join()).isEqualTo("d");
    }

    @Test
    void callerThatThrowsOverItsAnswerHoldsUpNobody() {
        List<CompletableFuture<String>> others = new CopyOnWriteArrayList<>();
        onLoopNow(() -> {
            others.add(add("first"));
            commits.add("throws", new ThrowingEmitter());
            others.add(add("behind it"));
        });
        firstCommit.complete(List.of("first"));

        assertThat(others).extracting(CompletableFuture::join).containsExactly("first", "behind it");
        assertThat(add("later").join()).isEqualTo("later");
    }

    @Test
    void answerThatTheLoopRefusesIsGivenAllTheSame() {
        CompletableFuture<String> first = add("first");
        CompletableFuture<String> second = add("second");
        onLoopNow(() -> {});
        rejecting.set(true);

        firstCommit.complete(List.of("first"));
        assertThat(first.join()).isEqualTo("first");
        assertThat(second.join()).isEqualTo("second");
    }

    @Test
    void anyNumberOfCommitsMayFailAtOnce() {
        WaitingBound wide = new WaitingBound(1_000_000, Long.MAX_VALUE);
        CompletableFuture<List<String>> begun = new CompletableFuture<>();
        AtomicInteger sent = new AtomicInteger();
        GroupCommit<String, String> oneByOne = new GroupCommit<>(
                new GroupCommit.Batch<>(1, String::length),
                wide.share(),
                Duration.ofSeconds(10),
                () -> false,
                Runnable::run,
                items -> sent.incrementAndGet() == 1
                        ? Uni.createFrom().completionStage(begun)
                        : Uni.createFrom().failure(new StoreUnavailableException("away", null)));
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            Uni.createFrom()
                    .<String>emitter(emitter -> oneByOne.add("x", emitter))
                    .subscribe()
                    .with(answer -> {}, error -> failed.incrementAndGet());
        }

        begun.completeExceptionally(new StoreUnavailableException("away", null));

        assertThat(failed).hasValue(20_000);
    }

    private static void assertRefused(CompletableFuture<String> call) {
        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(LimitReachedException.class, refused -> assertThat(refused.status())
                        .isEqualTo(503));
    }

    private static long bytes(String item) {
        if (item.equals("unmeasurable")) {
            throw new IllegalStateException(item);
        }
        return item.length();
    }

    /** Of somebody who breaks the promise not to throw. */
    private static final class ThrowingEmitter implements UniEmitter<String> {

        @Override
        public void complete(String item) {
            throw new IllegalStateException("thrown by a caller");
        }

        @Override
        public void fail(Throwable failure) {
            throw new IllegalStateException("thrown by a caller");
        }

        @Override
        public UniEmitter<String> onTermination(Runnable onTermination) {
            return this;
        }
    }

    private void onLoopNow(Runnable task) {
        CompletableFuture.runAsync(task, loop).join();
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
        if (rejecting.get()) {
            throw new RejectedExecutionException("closed");
        } else if (Thread.currentThread().getName().equals("loop")) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
