package io.mainstay.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Lets calls that come while one is under way travel together in the next. Alone, a call leaves at once; under load
 * the batches grow by themselves. Confined to one event loop.
 *
 * @param <T> what is sent
 * @param <R> what is answered, one for each sent, in order
 */
final class GroupCommit<T, R> {

    private record Waiting<T, R>(T item, UniEmitter<? super R> emitter) {}

    private final int maxBatch;
    private final Function<List<T>, Uni<List<R>>> commit;
    private final Queue<Waiting<T, R>> waiting = new ArrayDeque<>();
    private boolean underWay;

    GroupCommit(int maxBatch, Function<List<T>, Uni<List<R>>> commit) {
        this.maxBatch = maxBatch;
        this.commit = commit;
    }

    void add(T item, UniEmitter<? super R> emitter) {
        waiting.add(new Waiting<>(item, emitter));
        if (!underWay) {
            commitNext();
        }
    }

    boolean idle() {
        return !underWay;
    }

    private void commitNext() {
        List<Waiting<T, R>> batch = new ArrayList<>(Math.min(waiting.size(), maxBatch));
        while (!waiting.isEmpty() && batch.size() < maxBatch) {
            batch.add(waiting.poll());
        }
        underWay = true;
        commit.apply(batch.stream().map(Waiting::item).toList())
                .subscribe()
                .with(answers -> finish(batch, answers), error -> fail(batch, error));
    }

    private void finish(List<Waiting<T, R>> batch, List<R> answers) {
        underWay = false;
        if (!waiting.isEmpty()) {
            commitNext();
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).emitter.complete(answers.get(i));
        }
    }

    private void fail(List<Waiting<T, R>> batch, Throwable error) {
        underWay = false;
        if (!waiting.isEmpty()) {
            commitNext();
        }
        batch.forEach(call -> call.emitter.fail(error));
    }
}
