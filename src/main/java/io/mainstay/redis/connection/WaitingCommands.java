package io.mainstay.redis.connection;

import java.util.ArrayDeque;
import java.util.Queue;

/** Commands that wait to be sent, so many at most, each until its deadline. Confined to the link's event loop. */
final class WaitingCommands {

    private final Queue<PendingCommand> waiting = new ArrayDeque<>();
    private final int most;

    WaitingCommands(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Fails it if too many wait already. */
    void add(PendingCommand command) {
        if (waiting.size() < most) {
            waiting.add(command);
        } else {
            command.fail(new LinkLostException("too many calls wait for Redis", null));
        }
    }

    /** The one that has waited for longest; null if there is none. */
    PendingCommand poll() {
        return waiting.poll();
    }

    /** @param now of {@link System#nanoTime()} */
    void failOverdue(long now) {
        while (!waiting.isEmpty() && waiting.peek().deadline() - now < 0) {
            failFirst();
        }
    }

    void failAll() {
        while (!waiting.isEmpty()) {
            failFirst();
        }
    }

    private void failFirst() {
        waiting.poll().fail(new LinkLostException("Redis is not connected", null));
    }
}
