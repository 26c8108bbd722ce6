package io.mainstay.redis.store;

import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.CallSize;
import io.mainstay.redis.connection.TimeLimit;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/**
 * Lets calls that come in the same turn of the loop, or while one is under way, travel together in the next. Alone, a call leaves at
 * once; under load the batches grow by themselves. Confined to one event loop.
 *
 * <p>Whatever is thrown, here, in a commit or by whom it answers, ends that commit or that call, and the next one goes on.
 *
 * <p>A commit may take its whole time without success while others wait behind it, so their time counts from when they came:
 * a batch that has waited long gets no more than what its oldest has left (and {@link #LEAST} to try), then those whose
 * time is over are told, and the others go again.
 *
 * @param <T> what is sent; sending it twice does no harm
 * @param <R> what is answered, one for each sent, in order; of a commit for the first of its items at least
 */
public final class GroupCommit<T, R> {

    private static final Logger LOG = Logger.getLogger(GroupCommit.class);
    /** Bounds how often a batch is sent again, and how late the end of its time is noticed. */
    private static final Duration LEAST = Duration.ofMillis(250);

    /**
     * How large a batch may be.
     *
     * @param items most of them
     * @param bytes size of an item; all of a batch together stay below {@link CallSize#MOST_BYTES}, but one goes whatever its size
     */
    public record Batch<T>(int items, ToLongFunction<T> bytes) {}

    private record Waiting<T, R>(T item, UniEmitter<? super R> emitter, long since, long bytes) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    private final Batch<T> most;
    private final WaitingBound.Share bound;
    private final Duration timeout;
    private final BooleanSupplier receiving;
    private final Executor loop;
    private final Function<List<T>, Uni<List<R>>> commit;
    private final Deque<Waiting<T, R>> waiting = new ArrayDeque<>();
    /** Whether the loop has been asked to commit what waits. */
    private boolean gathering;

    private boolean underWay;
    private boolean sending;

    /**
     * @param bound of all that wait; what is under way counts
     * @param timeout how long a commit takes at most, and about how long anybody waits in all
     * @param receiving whether the answer of the commit under way is coming in: then it is waited for beyond that
     * @param loop runs what it is given on the event loop: after what that is at, so that whatever came in together is sent together
     */
    public GroupCommit(
            Batch<T> most,
            WaitingBound.Share bound,
            Duration timeout,
            BooleanSupplier receiving,
            Executor loop,
            Function<List<T>, Uni<List<R>>> commit) {
        this.most = most;
        this.bound = bound;
        this.timeout = timeout;
        this.receiving = receiving;
        this.loop = loop;
        this.commit = commit;
    }

    public void add(T item, UniEmitter<? super R> emitter) {
        Waiting<T, R> call;
        try {
            call = new Waiting<>(item, emitter, System.nanoTime(), most.bytes.applyAsLong(item));
            bound.enter(call.bytes);
        } catch (RuntimeException e) {
            emitter.fail(e);
            return;
        }
        waiting.add(call);
        if (!underWay && !gathering) {
            gathering = true;
            onLoop(this::commitGathered);
        }
    }

    public boolean idle() {
        return !underWay;
    }

    private void commitGathered() {
        gathering = false;
        commitNext();
    }

    /** In a loop: an answer that is there at once calls this again, and many such would be more than a stack holds. */
    private void commitNext() {
        if (sending) {
            return;
        }
        sending = true;
        try {
            while (!underWay && !waiting.isEmpty()) {
                underWay = true;
                Duration age = waiting.peek().age();
                List<Waiting<T, R>> batch = CallSize.take(waiting, most.items, Waiting::bytes);
                // Time-outs, here and in the call, come from other threads.
                send(batch, age)
                        .subscribe()
                        .with(
                                answers -> onLoop(() -> finish(batch, answers == null ? List.of() : answers)),
                                error -> onLoop(() -> fail(batch, error)));
            }
        } finally {
            sending = false;
        }
    }

    private Uni<List<R>> send(List<Waiting<T, R>> batch, Duration age) {
        try {
            Uni<List<R>> answered = Objects.requireNonNull(
                    commit.apply(batch.stream().map(Waiting::item).toList()));
            // No timer for what has hardly waited: the commit's own time-out is good enough, and this is the usual
            // case.
            return age.compareTo(LEAST) > 0 ? TimeLimit.within(left(age), receiving, () -> answered) : answered;
        } catch (Throwable thrown) {
            return Uni.createFrom().failure(thrown);
        }
    }

    /** A loop that takes nothing any more runs nothing either: then any thread may end what waits. */
    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private void finish(List<Waiting<T, R>> batch, List<R> answers) {
        underWay = false;
        // An answer is bounded, so it may be one for the first of them only; the others go again, before those that
        // came later.
        for (int i = batch.size() - 1; i >= answers.size(); i--) {
            waiting.addFirst(batch.get(i));
        }
        if (answers.isEmpty()) {
            end(waiting.poll(), new IllegalStateException("a commit was answered for none of its items"));
        }
        commitNext();
        for (int i = 0; i < answers.size(); i++) {
            R answer = answers.get(i);
            end(batch.get(i), emitter -> emitter.complete(answer));
        }
    }

    private void fail(List<Waiting<T, R>> batch, Throwable error) {
        underWay = false;
        if (error instanceof TimeoutException) {
            for (int i = batch.size() - 1; i >= 0; i--) {
                waiting.addFirst(batch.get(i));
            }
        } else {
            batch.forEach(call -> end(call, error));
        }
        tellThoseOutOfTime(error);
        commitNext();
    }

    private void end(Waiting<T, R> call, Throwable error) {
        end(call, emitter -> emitter.fail(error));
    }

    /** What a caller does with its answer is none of the others' business. */
    private void end(Waiting<T, R> call, Consumer<UniEmitter<? super R>> answer) {
        bound.leave(call.bytes);
        try {
            answer.accept(call.emitter);
        } catch (Throwable thrown) {
            LOG.error("A caller failed to handle its answer", thrown);
        }
    }

    private void tellThoseOutOfTime(Throwable error) {
        while (!waiting.isEmpty() && waiting.peek().age().compareTo(timeout) >= 0) {
            end(waiting.poll(), new StoreUnavailableException("the job store does not answer", error));
        }
    }

    private Duration left(Duration age) {
        Duration left = timeout.minus(age);
        return left.compareTo(LEAST) > 0 ? left : LEAST;
    }
}
