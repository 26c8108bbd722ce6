package io.mainstay.lease.extend;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.List;

/** A request that waits for news of its leases. Thread-safe. */
final class ExtendWait {

    private final Extended extended;
    /** Whose leases they are; null if nobody knows. */
    private final String worker;

    private final UniEmitter<? super Void> emitter;
    private boolean over;

    /** One of its leases. */
    record Watched(ExtendWait of, int place, QueueName queue, JobId job) {

        HeldLease lease() {
            return of.extended.leases()[place];
        }
    }

    ExtendWait(Extended extended, String worker, UniEmitter<? super Void> emitter) {
        this.extended = extended;
        this.worker = worker;
        this.emitter = emitter;
    }

    String worker() {
        return worker;
    }

    List<Watched> watched() {
        return extended.places().stream()
                .map(place -> {
                    HeldLease lease = extended.leases()[place];
                    return new Watched(
                            this, place, lease.queue(), lease.token().attempt().id());
                })
                .toList();
    }

    /** A lease was looked at; ends the wait if it is not held any more. */
    void seen(int place, Standing standing) {
        synchronized (this) {
            // The store may answer the next time; until then it is as it was.
            if (over || standing.status() == Standing.Status.UNAVAILABLE) {
                return;
            }
            extended.standings()[place] = standing;
        }
        if (!standing.held()) {
            end();
        }
    }

    void end() {
        close();
        emitter.complete(null);
    }

    /** From now on what it knows does not change. */
    synchronized void close() {
        over = true;
    }
}
