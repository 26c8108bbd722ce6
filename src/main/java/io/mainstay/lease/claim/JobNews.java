package io.mainstay.lease.claim;

import io.mainstay.due.DuePoller;
import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WakeUps;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.logging.Logger;

/** Tells those who wait for jobs of wake-ups, and that the service ends. Thread-safe. */
@Singleton
class JobNews implements WakeUps.Listener {

    private static final Logger LOG = Logger.getLogger(JobNews.class);

    private final Waiters waiters;
    private final WakeUps wakeUps;
    private final DuePoller poller;

    JobNews(Waiters waiters, WakeUps wakeUps, DuePoller poller) {
        this.waiters = waiters;
        this.wakeUps = wakeUps;
        this.poller = poller;
    }

    void start(@Observes StartupEvent event) {
        try {
            wakeUps.listen(this);
        } catch (RuntimeException e) {
            LOG.warn("no wake-ups; requests that wait for jobs rely on polling", e);
        }
    }

    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        waiters.stop();
    }

    void shutdown(@Observes @Priority(1) ShutdownEvent event) {
        waiters.stop();
    }

    @Override
    public void hint(QueueName queue, Set<HandlerName> handlers) {
        waiters.hint(queue, handlers);
    }

    @Override
    public void missed() {
        if (waiters.count() > 0) {
            poller.poll();
        }
    }
}
