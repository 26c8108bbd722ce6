package io.mainstay.stats;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.attempt.StartedAttempt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counts what happens to jobs on this instance. Canary jobs do not count. */
@Singleton
class StatsObserver implements JobObserver {

    private final CountedSeries series;
    private final boolean enabled;

    StatsObserver(CountedSeries series, StatsConfig config) {
        this.series = series;
        this.enabled = config.enabled();
    }

    @Override
    public void enqueued(Job job, boolean created) {
        if (created && counts(job.queue())) {
            series.of(job.queue(), job.spec().handler()).count(Measure.ENQUEUED);
        }
    }

    @Override
    public void leased(List<Job> jobs) {
        for (Job job : jobs) {
            if (counts(job.queue())) {
                LiveCounts counts = series.of(job.queue(), job.spec().handler());
                Instant due = job.status().times().runAt();
                Instant started = job.status().times().startedAt();
                counts.count(Measure.STARTED);
                counts.startDelay(started == null ? 0 : started.toEpochMilli() - due.toEpochMilli());
            }
        }
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        if (!counts(attempt.queue())) {
            return;
        }
        LiveCounts counts = series.of(attempt.queue(), attempt.handler());
        counts.ran(ran.toMillis());
        if (became == JobState.SUCCEEDED) {
            counts.count(Measure.SUCCEEDED);
        } else if (became == JobState.DEAD) {
            counts.count(Measure.FAILED);
            counts.count(Measure.DEAD);
        } else if (became == JobState.SCHEDULED) {
            counts.count(Measure.FAILED);
        }
    }

    @Override
    public void snoozed(StartedAttempt attempt, Duration ran) {
        cancelled(attempt, ran);
    }

    @Override
    public void cancelled(StartedAttempt attempt, Duration ran) {
        if (counts(attempt.queue())) {
            series.of(attempt.queue(), attempt.handler()).ran(ran.toMillis());
        }
    }

    /** Reported ones were counted as finished. */
    @Override
    public void died(JobDeath death) {
        if (!death.reported() && counts(death.queue())) {
            series.of(death.queue(), death.handler()).count(Measure.DEAD);
        }
    }

    private boolean counts(QueueName queue) {
        return enabled && !queue.isPrivate();
    }
}
