package io.mainstay.worker;

import io.mainstay.due.DuePoller;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WakeUps;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Has the worker loop do what wake-ups ask for. Thread-safe. */
@Singleton
final class WakeUpListener implements WakeUps.Listener {

    private final WakeUpSubscription subscription;
    private final WorkerLoop loop;
    private final ServedQueues servedQueues;
    private final Cancellations cancellations;
    private final DuePoller poller;
    private final WorkerIdentity identity;

    WakeUpListener(
            WakeUpSubscription subscription,
            WorkerLoop loop,
            ServedQueues servedQueues,
            Cancellations cancellations,
            DuePoller poller,
            WorkerIdentity identity) {
        this.subscription = subscription;
        this.loop = loop;
        this.servedQueues = servedQueues;
        this.cancellations = cancellations;
        this.poller = poller;
        this.identity = identity;
    }

    /** Listens from now on, unless it does already. */
    void open() {
        subscription.open(this);
    }

    void close() {
        subscription.close();
    }

    @Override
    public void hint(QueueName queue, Set<HandlerName> handlers) {
        if (!handlers.isEmpty() && handlers.stream().noneMatch(handler -> identity.serves(queue, handler))) {
            return;
        }
        loop.run(() -> servedQueues.serve(queue).ifPresent(served -> {
            served.hint();
            loop.dispatchSoon();
        }));
    }

    @Override
    public void cancelled(QueueName queue, List<JobId> jobs) {
        loop.run(() -> cancellations.hint(queue, jobs));
    }

    @Override
    public void missed() {
        poller.poll();
    }
}
