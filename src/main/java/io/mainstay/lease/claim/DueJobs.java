package io.mainstay.lease.claim;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells those who wait for jobs what polls found. Thread-safe. */
@Singleton
class DueJobs implements DueListener {

    private final Waiters waiters;

    DueJobs(Waiters waiters) {
        this.waiters = waiters;
    }

    @Override
    public void due(List<DueQueue> queues) {
        for (DueQueue due : queues) {
            if (due.work() == DueWork.CLAIM) {
                waiters.due(due.queue(), due.handler(), due.in());
            }
        }
    }
}
