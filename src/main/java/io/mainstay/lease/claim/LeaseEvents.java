package io.mainstay.lease.claim;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.JobObserver;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells observers of claims for workers elsewhere what they are told of those of this instance. One that throws is logged, never felt. Thread-safe. */
@Singleton
class LeaseEvents {

    private static final Logger LOG = Logger.getLogger(LeaseEvents.class);

    private final List<JobObserver> observers;

    LeaseEvents(@All List<JobObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    void claimed(QueueName queue, Claimed claimed) {
        tell(observer -> observer.claimed(queue, claimed.jobs().size()));
        if (!claimed.jobs().isEmpty()) {
            tell(observer -> observer.leased(claimed.jobs()));
        }
        claimed.died().forEach(death -> tell(observer -> observer.died(death)));
        if (claimed.returned() > 0) {
            tell(observer -> observer.returned(queue, claimed.returned()));
            LOG.warnf(
                    "%d jobs of queue %s were leased, but no worker is known to have received them; they are ready again, and the attempts are not counted",
                    claimed.returned(), queue);
        }
    }

    void unclaimed(QueueName queue, Throwable failure) {
        LOG.debugf(failure, "A claim from queue %s for a remote worker got no answer; it is repeated", queue);
        tell(observer -> observer.unclaimed(queue, failure));
    }

    private void tell(Consumer<JobObserver> event) {
        for (JobObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException thrown) {
                LOG.errorf(thrown, "%s failed; the other listeners are still called", observer.getClass());
            }
        }
    }
}
