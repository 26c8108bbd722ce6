package io.mainstay.lease.extend;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainedWorkers;
import io.mainstay.queue.WakeUps;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Tells those who wait for news of their leases what happens around them. */
@Singleton
final class ExtendEvents implements WakeUps.Listener {

    private static final Logger LOG = Logger.getLogger(ExtendEvents.class);

    private final WakeUps wakeUps;
    private final DrainedWorkers drained;
    private final ExtendWaits waits;
    private AutoCloseable subscription = () -> {};

    ExtendEvents(WakeUps wakeUps, DrainedWorkers drained, ExtendWaits waits) {
        this.wakeUps = wakeUps;
        this.drained = drained;
        this.waits = waits;
    }

    void start(@Observes StartupEvent event) {
        drained.onChange(waits::drainsChanged);
        try {
            subscription = wakeUps.listen(this);
        } catch (RuntimeException e) {
            LOG.warn("no messages about cancelled jobs; they are found by polling", e);
        }
    }

    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        waits.stop();
    }

    void shutdown(@Observes ShutdownEvent event) throws Exception {
        waits.stop();
        subscription.close();
    }

    @Override
    public void hint(QueueName queue, Set<HandlerName> handlers) {
        // Leases do not hang on what is due.
    }

    @Override
    public void cancelled(QueueName queue, List<JobId> jobs) {
        waits.hint(queue, jobs);
    }

    @Override
    public void missed() {
        // The next look is at most a second away.
    }
}
