package io.mainstay.flow;

import io.mainstay.job.FlowMember;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.StateChange;
import io.mainstay.queue.attempt.StartedAttempt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Brings news of jobs to their flows as soon as this instance has made them. What is lost here is found by the rounds. */
@Singleton
class FlowNews implements JobObserver {

    private static final Logger LOG = Logger.getLogger(FlowNews.class);
    /** Beyond, news waits for the next round: while the store is away it must not pile up here. */
    private static final int MOST_UNDER_WAY = 1000;

    private final FlowSteps steps;
    private final AtomicInteger underWay = new AtomicInteger();

    FlowNews(FlowSteps steps) {
        this.steps = steps;
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        if (became.ended()) {
            bring(attempt.queue(), attempt.id());
        }
    }

    @Override
    public void moved(Job job) {
        bring(job.queue(), job.id());
    }

    @Override
    public void changed(StateChange change) {
        bring(change.queue(), change.id());
    }

    private void bring(QueueName queue, JobId id) {
        if (!FlowMember.isReserved(id)) {
            return;
        }
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            return;
        }
        steps.handOver(queue, id)
                .onTermination()
                .invoke(underWay::decrementAndGet)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.debugf(
                                failure, "the flow of job %s has not recorded its change; the next round will", id));
    }
}
