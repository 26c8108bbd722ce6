package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.UniqueKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Who took which unique key of a queue last. */
final class TwinKeys {

    private final Map<String, Taken> taken = new HashMap<>();

    private record Taken(JobId id, UniqueKey.Until until, Instant since) {}

    static boolean waits(JobState state) {
        return state == JobState.READY || state == JobState.SCHEDULED;
    }

    void hold(UniqueKey unique, JobId id, Instant now) {
        taken.put(unique.key(), new Taken(id, unique.until(), now));
    }

    /** The job that holds a key now, or null. */
    TwinJob holder(String key, Map<JobId, TwinJob> jobs, Instant now) {
        // More than all of its time cannot be left: then the clock has stepped back, and the time begins again.
        Taken last = taken.computeIfPresent(
                key, (same, held) -> held.since().isAfter(now) ? new Taken(held.id(), held.until(), now) : held);
        TwinJob job = last == null ? null : jobs.get(last.id());
        return job != null && holds(last, job, now) ? job : null;
    }

    void forget(NewJob pruned) {
        UniqueKey unique = pruned.spec().options().unique();
        if (unique != null) {
            taken.computeIfPresent(unique.key(), (key, last) -> last.id().equals(pruned.id()) ? null : last);
        }
    }

    private static boolean holds(Taken last, TwinJob job, Instant now) {
        if (job.state() == JobState.CANCELLED) {
            return false;
        }
        if (last.until() instanceof UniqueKey.Until.Time time) {
            return last.since().plus(time.duration()).isAfter(now);
        }
        if (last.until() instanceof UniqueKey.Until.Start) {
            return waits(job.state()) && job.attempt == 0;
        }
        return waits(job.state()) || job.state() == JobState.RUNNING;
    }
}
