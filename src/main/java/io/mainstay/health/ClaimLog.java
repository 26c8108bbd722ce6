package io.mainstay.health;

import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.JobObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** What came of claims: who was heard of, and who was not. Thread-safe. */
@Singleton
class ClaimLog implements JobObserver {

    /** What came of the latest claim of any queue. */
    enum Latest {
        NONE,
        /** The store gave jobs, or said that there are none. */
        ANSWERED,
        /** Repeated for as long as calls are repeated, in vain. */
        UNAVAILABLE,
        /** The store wants none of it. */
        REFUSED,
        /** Not a word came back: the call was lost on our side. */
        SILENT
    }

    private final Map<QueueName, Long> heard = new ConcurrentHashMap<>();
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

    /** Forgets queues that are not known any more, and counts the silence of new ones from now on. */
    void known(Set<QueueName> queues) {
        heard.keySet().retainAll(queues);
        long now = nanoTime.getAsLong();
        queues.forEach(queue -> heard.putIfAbsent(queue, now));
    }

    /** Whether no claim of that queue was answered, or failed through the store, for so long. */
    boolean silent(QueueName queue, Duration time) {
        Long at = heard.get(queue);
        return at != null && nanoTime.getAsLong() - at > time.toNanos();
    }

    @Override
    public void claimed(QueueName queue, int jobs) {
        latest = Latest.ANSWERED;
        heard.put(queue, nanoTime.getAsLong());
    }

    @Override
    public void unclaimed(QueueName queue, Throwable failure) {
        if (failure instanceof TimeoutException) {
            latest = Latest.SILENT;
            return;
        }
        latest = failure instanceof StoreUnavailableException ? Latest.UNAVAILABLE : Latest.REFUSED;
        heard.put(queue, nanoTime.getAsLong());
    }
}
