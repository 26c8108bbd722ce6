package io.mainstay.handler.testing;

import io.mainstay.handler.Outcome;
import io.mainstay.job.AttemptError;
import io.mainstay.job.HandlerNotes;
import io.mainstay.job.Job;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.Progress;
import io.mainstay.job.StartTime;
import io.mainstay.job.Timeline;
import io.mainstay.job.Transitions;
import io.mainstay.job.Transitions.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A job of a {@link TestQueue}. */
final class StoredJob {

    /** Always the same, so that a test that passes passes again. */
    private final RandomGenerator random = new SplittableRandom(1);

    private final Instant enqueuedAt;
    private Job job;
    private Instant dueAt;

    StoredJob(NewJob added, Instant now) {
        enqueuedAt = now;
        dueAt = added.start() instanceof StartTime.At at
                ? at.time()
                : now.plus(((StartTime.After) added.start()).delay());
        JobState state = dueAt.isAfter(now) ? JobState.SCHEDULED : JobState.READY;
        Timeline times = new Timeline(now, dueAt, null, null);
        JobStatus status = new JobStatus(state, JobStatus.Starts.NONE, times, null, HandlerNotes.NOTHING, List.of());
        job = new Job(added.queue(), added.id(), added.spec(), status);
    }

    Job job() {
        return job;
    }

    Instant dueAt() {
        return dueAt;
    }

    int priority() {
        return job.spec().priority();
    }

    boolean waits() {
        return !job.state().ended() && job.state() != JobState.RUNNING;
    }

    TestJob begin(Instant now) {
        JobStatus.Starts before = job.status().starts();
        JobStatus.Starts starts = new JobStatus.Starts(before.attempt() + 1, before.claims() + 1, before.reruns());
        Timeline times = new Timeline(enqueuedAt, dueAt, now, null);
        become(
                JobState.RUNNING,
                starts,
                times,
                null,
                job.status().notes(),
                job.status().errors());
        JobSpec spec = job.spec();
        int most = Math.max(spec.retry().maxAttempts(), starts.attempt());
        return new TestJob(job.queue(), job.id(), spec.payload(), starts, most, spec.timeout());
    }

    void end(JobRun run, Instant now) {
        if (job.state() != JobState.RUNNING) {
            // It was cancelled while it ran, by its own handler.
            return;
        }
        JobState state = run.state();
        Outcome outcome = run.settled();
        List<AttemptError> errors = new ArrayList<>(job.status().errors());
        JobStatus.Starts starts = job.status().starts();
        int snoozes = job.status().notes().snoozes();
        Json result = null;
        if (outcome instanceof Outcome.Success success) {
            result = success.result().orElse(null);
        } else if (outcome instanceof Outcome.Final failed) {
            errors.add(error(failed.type(), failed.message(), now));
        } else if (outcome instanceof Outcome.Retry retry) {
            errors.add(error(retry.type(), retry.message(), now));
            Duration wait = retry.after().orElseGet(this::backoff);
            dueAt = now.plus(wait.compareTo(retry.atLeast()) < 0 ? retry.atLeast() : wait);
        } else if (outcome instanceof Outcome.Snooze snooze) {
            starts = notCounted(starts, 1);
            snoozes++;
            dueAt = now.plus(snooze.after());
        } else if (outcome instanceof Outcome.Release) {
            starts = notCounted(starts, 0);
        }
        List<Progress> said = run.progress();
        Progress progress = said.isEmpty() ? job.status().progress() : said.get(said.size() - 1);
        Timeline times = new Timeline(enqueuedAt, dueAt, job.status().times().startedAt(), state.ended() ? now : null);
        become(state, starts, times, result, new HandlerNotes(progress, snoozes), errors);
    }

    void cancel(Instant now) {
        JobState state = Transitions.after(job.state(), JobEvent.CANCEL)
                .orElseThrow(() -> new IllegalArgumentException("job %s is %s and cannot be cancelled"
                        .formatted(job.id(), job.state().wireName())));
        JobStatus status = job.status();
        Timeline times = new Timeline(enqueuedAt, dueAt, status.times().startedAt(), now);
        become(state, status.starts(), times, null, status.notes(), status.errors());
    }

    private Duration backoff() {
        return job.spec().retry().backoff().after(job.status().attempt(), random);
    }

    private AttemptError error(String type, String message, Instant now) {
        return new AttemptError(
                job.status().attempt(), now, type, message, job.status().times().startedAt(), "test");
    }

    private static JobStatus.Starts notCounted(JobStatus.Starts starts, int reruns) {
        return new JobStatus.Starts(starts.attempt() - 1, starts.claims(), starts.reruns() + reruns);
    }

    private void become(
            JobState state,
            JobStatus.Starts starts,
            Timeline times,
            Json result,
            HandlerNotes notes,
            List<AttemptError> errors) {
        job = new Job(job.queue(), job.id(), job.spec(), new JobStatus(state, starts, times, result, notes, errors));
    }
}
