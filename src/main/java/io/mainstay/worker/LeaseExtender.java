package io.mainstay.worker;

import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.LostLease;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Extends the leases of all running jobs, one call per place of a queue every third of a lease, so that two calls may fail before
 * a lease ends; after a failure it comes back sooner. The first extension of an attempt comes within a second, for it
 * tells the store that the job was received; shorter attempts need none, as their report ends the lease. A lease the
 * store says is lost stops its attempt. How long a lease surely holds is counted from before the call was sent. Loop
 * only.
 */
@Singleton
final class LeaseExtender implements LoopTimers.Timer {

    private static final Logger LOG = Logger.getLogger(LeaseExtender.class);
    private static final int MOST_PER_CALL = 1000;
    private static final int ROUNDS_PER_LEASE = 3;
    private static final int RETRIES_PER_LEASE = 15;
    private static final Duration LONGEST_UNRECEIVED = Duration.ofMillis(500);
    private static final int UNRECEIVED_PER_LEASE = 6;

    private final WorkerLoop loop;
    private final LeaseStore store;
    private final WorkerSlots slots;
    private final WorkerEvents events;
    private final Duration lease;
    private int failedInARow;
    private Runnable cancelTimer = () -> {};
    private Runnable cancelWatch = () -> {};
    private boolean watching;
    private boolean retryDue;
    private boolean closed;

    LeaseExtender(WorkerLoop loop, LeaseStore store, WorkerSlots slots, LeaseConfig lease) {
        this.loop = loop;
        this.store = store;
        this.slots = slots;
        this.events = loop.events();
        this.lease = lease.duration();
    }

    private void start() {
        cancelTimer.run();
        cancelTimer = loop.after(lease.dividedBy(ROUNDS_PER_LEASE), () -> {
            if (!closed) {
                start();
                extendAll();
            }
        });
    }

    /** Extends now and continues from here, whatever became of the timers. */
    @Override
    public void restart() {
        if (!closed) {
            retryDue = false;
            start();
            extendAll();
            cancelWatch.run();
            watching = false;
            watch();
        }
    }

    /** To be called whenever attempts may have begun. */
    void watch() {
        if (!watching && !closed && slots.busy() > 0) {
            watching = true;
            Duration age = unreceived();
            cancelWatch = loop.after(age, () -> {
                watching = false;
                long now = System.nanoTime();
                extend(slots.attempts(attempt -> attempt.unreceivedFor(age.toNanos(), now)));
                watch();
            });
        }
    }

    private Duration unreceived() {
        Duration part = lease.dividedBy(UNRECEIVED_PER_LEASE);
        return part.compareTo(LONGEST_UNRECEIVED) < 0 ? part : LONGEST_UNRECEIVED;
    }

    @Override
    public void close() {
        closed = true;
    }

    void extendAll() {
        extend(slots.attempts(any -> true));
    }

    /** Extends now, and so finds out which of these leases are lost. */
    void extend(List<Attempt> all) {
        Map<QueueName, List<Attempt>> byPlace = all.stream().collect(Collectors.groupingBy(Attempt::place));
        byPlace.forEach((place, attempts) -> {
            for (int from = 0; from < attempts.size(); from += MOST_PER_CALL) {
                extend(place, attempts.subList(from, Math.min(attempts.size(), from + MOST_PER_CALL)));
            }
        });
    }

    private void extend(QueueName place, List<Attempt> attempts) {
        List<Lease> leases = attempts.stream().map(Attempt::lease).toList();
        long until = System.nanoTime() + lease.toNanos();
        loop.call(() -> store.extend(place, leases, lease), lease.dividedBy(ROUNDS_PER_LEASE), (lost, failure) -> {
            if (failure == null) {
                extended(attempts, lost, until);
            } else {
                failed(place, attempts.size(), failure);
            }
        });
    }

    private void extended(List<Attempt> attempts, List<LostLease> lost, long until) {
        failedInARow = 0;
        Map<Lease, LostLease> byLease = new HashMap<>();
        lost.forEach(one -> byLease.put(one.lease(), one));
        for (Attempt attempt : attempts) {
            LostLease gone = byLease.get(attempt.lease());
            if (gone != null && gone.cancelled()) {
                if (attempt.active()) {
                    events.cancelled(attempt.job(), attempt.ran());
                }
                slots.cancel(attempt);
            } else if (gone != null) {
                slots.loseLease(attempt);
            } else {
                slots.extended(attempt, until);
            }
        }
    }

    private void failed(QueueName place, int jobs, Throwable failure) {
        events.failedCall();
        LOG.logf(
                failedInARow++ == 0 ? Logger.Level.WARN : Logger.Level.DEBUG,
                failure,
                "leases of %d jobs in queue %s could not be extended; trying again soon",
                jobs,
                place);
        if (!retryDue) {
            retryDue = true;
            loop.after(lease.dividedBy(RETRIES_PER_LEASE), () -> {
                retryDue = false;
                extendAll();
            });
        }
    }
}
