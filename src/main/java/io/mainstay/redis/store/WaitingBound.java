package io.mainstay.redis.store;

import io.mainstay.job.LimitReachedException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may wait at the same time, in number and in bytes, over all event loops and queues. Whoever waits may hold as much as is
 * free: so those that wait for a shard that does not answer take half of it, and never all, however many they are.
 */
public final class WaitingBound {

    private final long mostItems;
    private final long mostBytes;
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    public WaitingBound(long mostItems, long mostBytes) {
        this.mostItems = mostItems;
        this.mostBytes = mostBytes;
    }

    public Share share() {
        return new Share();
    }

    /** What waits in one place. Confined to an event loop. */
    public final class Share {

        private long ownItems;
        private long ownBytes;

        private Share() {}

        /**
         * One that is larger than all that may wait is let in where there is room at all.
         *
         * @throws LimitReachedException if there is no room
         */
        void enter(long size) {
            if (ownItems + items.get() >= mostItems || ownBytes + bytes.get() >= mostBytes) {
                throw new LimitReachedException(
                        "too-many-enqueues", 503, "too many enqueues of this instance wait for the store; try again");
            }
            ownItems++;
            ownBytes += size;
            items.incrementAndGet();
            bytes.addAndGet(size);
        }

        void leave(long size) {
            ownItems--;
            ownBytes -= size;
            items.decrementAndGet();
            bytes.addAndGet(-size);
        }
    }
}
