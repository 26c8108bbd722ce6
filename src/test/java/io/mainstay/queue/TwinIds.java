package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ids that callers chose, of jobs of one queue that were deleted. */
final class TwinIds {

    private static final List<JobState> ORDER = List.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED);

    private final Duration minAge;
    private final int most;
    private final Map<JobId, Gone> gone = new HashMap<>();
    private long forgotten;

    private record Gone(JobId id, JobState state, Instant until) {}

    TwinIds(Duration minAge, int most) {
        this.minAge = minAge;
        this.most = most;
    }

    void remember(TwinJob job, Instant now) {
        Instant end = job.finishedAt.isAfter(now) ? now : job.finishedAt;
        if (job.asked.idChosen() && end.plus(minAge).isAfter(now)) {
            gone.put(job.asked.id(), new Gone(job.asked.id(), job.state(), end.plus(minAge)));
        }
    }

    /** How the job ended that had that id. */
    Optional<JobState> endOf(JobId id, Instant now) {
        return Optional.ofNullable(gone.get(id))
                .filter(known -> known.until().isAfter(now))
                .map(Gone::state);
    }

    void trim(Instant now) {
        gone.values().removeIf(known -> !known.until().isAfter(now));
        List<Gone> first = gone.values().stream()
                .sorted(Comparator.comparing(Gone::until)
                        .thenComparing(known -> ORDER.indexOf(known.state()))
                        .thenComparing(Gone::id))
                .limit(Math.max(0, gone.size() - most))
                .toList();
        first.forEach(known -> gone.remove(known.id()));
        forgotten += first.size();
    }

    /** What stays of them when their queue is deleted. */
    TwinIds ofDeletedQueue() {
        forgotten = 0;
        return this;
    }

    int count() {
        return gone.size();
    }

    /** How many had to go before their time. */
    long forgotten() {
        return forgotten;
    }
}
