package io.mainstay.worker;

import io.mainstay.due.DuePoller;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WakeUps;
import jakarta.inject.Singleton;
import java.util.List;

/** Has the worker loop do what wake-ups ask for. Thread-safe. */
@Singleton
final class WakeUpListener implements WakeUps.Listener {

    private final WakeUpSubscription subscription;
    private final WorkerLoop loop;
    private final ServedQueues servedQueues;
    private final Cancellations cancellations;
    private final DuePoller poller;

    WakeUpListener(
            WakeUpSubscription subscription,
            WorkerLoop loop,
            ServedQueues servedQueues,
            Cancellations cancellations,
            DuePoller poller) {
        this.subscription = subscription;
        this.loop = loop;
        this.servedQueues = servedQueues;
        this.cancellations = cancellations;
        this.poller = poller;
    }

    /** Listens from now on, unless it does already. */
    void open() {
        subscription.open(this);
    }

    void close() {
        subscription.close();
    }

    @Override
    public void hint(QueueName queue) {
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
