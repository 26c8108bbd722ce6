package io.mainstay.redis.pubsub;

import io.mainstay.queue.CallSize;
import io.mainstay.queue.StateChange;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Publishes state changes, those that come while a message is under way together in the next. What does not fit into
 * its memory, and what a failed message carried, is counted and told as dropped. Thread-safe.
 */
final class ChangeSender {

    static final int MOST_WAITING = 10_000;
    /** About 12 KB of text. */
    static final int MOST_TOGETHER = 100;

    private final Executor loop;
    private final Function<String, Uni<?>> publish;
    private final Queue<StateChange> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean underWay;

    /** @param loop runs what it is given soon, not at once: what is published may fail at once, again and again */
    ChangeSender(Executor loop, Function<String, Uni<?>> publish) {
        this.loop = loop;
        this.publish = publish;
    }

    void add(StateChange change) {
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                dropped++;
                return;
            }
            waiting.add(change);
            if (underWay) {
                return;
            }
            underWay = true;
        }
        loop.execute(this::sendNext);
    }

    private void sendNext() {
        ChangeText message = next();
        if (message == null) {
            return;
        }
        long lost = message.dropped() + message.changes().size();
        try {
            publish.apply(message.write())
                    .subscribe()
                    .with(taken -> loop.execute(this::sendNext), error -> failed(lost));
        } catch (RuntimeException e) {
            failed(lost);
        }
    }

    private synchronized ChangeText next() {
        if (waiting.isEmpty()) {
            underWay = false;
            return null;
        }
        // So many are small: their number is bound enough.
        ChangeText message = new ChangeText(dropped, CallSize.take(waiting, MOST_TOGETHER, change -> 0));
        dropped = 0;
        return message;
    }

    /** Redis says so of itself where it matters; here it only means that there is a gap. */
    private void failed(long lost) {
        synchronized (this) {
            dropped += lost;
        }
        loop.execute(this::sendNext);
    }
}
