package io.mainstay.events;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.StateChange;
import io.mainstay.queue.attempt.StartedAttempt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Tells of changes made on this instance. While nobody listens, a change costs one look at a field. Thread-safe. */
@Singleton
class ChangeTeller implements JobObserver {

    private final ChangeFeed feed;

    ChangeTeller(ChangeFeed feed) {
        this.feed = feed;
    }

    @Override
    public void enqueued(Job job, boolean created) {
        if (created && feed.wanted()) {
            tell(job);
        }
    }

    @Override
    public void leased(List<Job> jobs) {
        if (feed.wanted()) {
            jobs.forEach(this::tell);
        }
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        if (feed.wanted() && !attempt.queue().isPrivate()) {
            feed.tell(StateChange.of(attempt, became, ran));
        }
    }

    @Override
    public void moved(Job job) {
        if (feed.wanted()) {
            tell(job);
        }
    }

    @Override
    public void changed(StateChange change) {
        if (feed.wanted() && !change.queue().isPrivate()) {
            feed.tell(change);
        }
    }

    @Override
    public void changed(QueueName queue) {
        if (feed.wanted() && !queue.isPrivate()) {
            feed.tell(queue);
        }
    }

    private void tell(Job job) {
        if (!job.queue().isPrivate()) {
            feed.tell(StateChange.of(job));
        }
    }
}
