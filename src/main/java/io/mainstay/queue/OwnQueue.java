package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The private queue of this process: whoever enqueues there knows that no other instance will run the job. It moves where the
 * store, of which a shard may be dead, keeps it elsewhere; what was left at its earlier places is served still. Thread-safe.
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

    /** @param first made anew at each start */
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
        return queue.equals(name) || queue.equals(first) || queue.value().startsWith(first.value() + ".");
    }

    /** From now on it has another name. */
    public void move() {
        int place = Math.floorMod(moves.getAndIncrement() * STRIDE, PLACES);
        name = new QueueName(first + "." + (char) ('a' + place));
    }
}
