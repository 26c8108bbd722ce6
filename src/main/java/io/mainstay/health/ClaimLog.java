package io.mainstay.health;

import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.JobObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** What came of claims: who was heard of, and who was not. Thread-safe. */
@Singleton
class ClaimLog implements JobObserver {

    /** What came of the latest claim of any queue of the first store. */
    enum Latest {
        NONE,
        /** The store gave jobs, or said that there are none. */
        ANSWERED,
        /** Repeated for as long as calls are repeated, without success. */
        UNAVAILABLE,
        /** The store wants none of it. */
        REFUSED,
        /** Not a word came back: the call was lost on our side. */
        SILENT
    }

    /** Beyond, no more are added: some are enough to tell that claims do not arrive. */
    private static final int MOST_WAITING = 1000;

    /** Queues that need a claim, and since when that is known. */
    private final Map<QueueName, Long> waiting = new ConcurrentHashMap<>();

    private final LongSupplier nanoTime;
    private volatile Latest latest = Latest.NONE;

    @Inject
    ClaimLog() {
        this(System::nanoTime);
    }

    ClaimLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Latest latest() {
        return latest;
    }

    /** The queue needs a claim: unless one is heard of, its silence counts from now on. */
    void expected(QueueName queue) {
        if (waiting.size() < MOST_WAITING) {
            waiting.putIfAbsent(queue, nanoTime.getAsLong());
        }
    }

    void forget(QueueName queue) {
        waiting.remove(queue);
    }

    void forgetAll() {
        waiting.clear();
    }

    /** Some of the queues that needed a claim for so long, and none was answered or failed through the store. */
    List<QueueName> silent(Duration time, int most) {
        long now = nanoTime.getAsLong();
        return waiting.entrySet().stream()
                .filter(queue -> now - queue.getValue() > time.toNanos())
                .map(Map.Entry::getKey)
                .limit(most)
                .toList();
    }

    @Override
    public void claimed(QueueName queue, int jobs) {
        latest(queue, Latest.ANSWERED);
        waiting.remove(queue);
    }

    @Override
    public void unclaimed(QueueName queue, Throwable failure) {
        if (failure instanceof TimeoutException) {
            latest(queue, Latest.SILENT);
            return;
        }
        latest(queue, failure instanceof StoreUnavailableException ? Latest.UNAVAILABLE : Latest.REFUSED);
        waiting.remove(queue);
    }

    /** Another store is no excuse, and no proof, of the first. */
    private void latest(QueueName queue, Latest what) {
        if (!queue.isInSecondStore()) {
            latest = what;
        }
    }
}
