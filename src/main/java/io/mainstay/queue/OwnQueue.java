package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The private queue of this process: no other instance runs its jobs. If a shard of the store is dead, it moves to a name on
 * another shard; jobs at its earlier names are still served. Thread-safe.
 */
public final class OwnQueue {

    /** Of its jobs: no handler has that name, none is asked. */
    public static final HandlerName HANDLER = new HandlerName("canary");

    /** One more letter leads to as many buckets. */
    private static final int PLACES = 26;
    /** Letters side by side may lead to one shard; of these, no three in a row do, whichever three shards there are. */
    private static final int STRIDE = 9;

    private final QueueName first;
    private final AtomicInteger moves = new AtomicInteger();
    private volatile QueueName name;

    /** @param first new at each start */
    public OwnQueue(QueueName first) {
        this.first = first;
        this.name = first;
    }

    /** Where it is now. */
    public QueueName name() {
        return name;
    }

    /** Whether it is there, or was. */
    public boolean owns(QueueName queue) {
        return queue.isInSecondStore() == first.isInSecondStore() && ownsPlaceOf(queue.logical());
    }

    /** The same, whichever store that is in. */
    public boolean ownsAnywhere(QueueName queue) {
        return ownsPlaceOf(queue.logical());
    }

    private boolean ownsPlaceOf(QueueName queue) {
        return queue.equals(name.logical())
                || queue.equals(first.logical())
                || queue.value().startsWith(first.logical().value() + ".");
    }

    /** Another private queue of this process, in the second store; it moves by itself. */
    public OwnQueue inSecondStore() {
        return new OwnQueue(first.inSecondStore());
    }

    /** From now on it has another name. */
    public void move() {
        int place = Math.floorMod(moves.getAndIncrement() * STRIDE, PLACES);
        QueueName next = new QueueName(first.logical().value() + "." + (char) ('a' + place));
        name = first.isInSecondStore() ? next.inSecondStore() : next;
    }
}
