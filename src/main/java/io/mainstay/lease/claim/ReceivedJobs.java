package io.mainstay.lease.claim;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.lease.AttemptEnds;
import io.mainstay.lease.LeaseToken;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.attempt.StartedAttempt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Tells the store that workers have received their jobs, which makes their attempts count: those of a queue together, soon, but for jobs that were
 * reported on by then. That is done by a note, which leaves the leases as they are: the worker may have made one longer meanwhile, at another
 * instance. Only where a job must end before its lease does is that cut to a moment after its end, which a worker cannot move.
 * Thread-safe.
 */
@Singleton
final class ReceivedJobs implements JobObserver {

    private static final Logger LOG = Logger.getLogger(ReceivedJobs.class);

    private static final Duration SOON = Duration.ofMillis(400);
    private static final int MOST_PER_CALL = 500;
    /** Cut leases that end so close to one another are cut together, to the latest of them. */
    private static final long CUT_TOGETHER_MS = 100;

    private final ClaimLoop loop;
    private final LeaseStore store;
    private final AttemptEnds ends;
    private final Map<Key, LeasedJob> untold = new ConcurrentHashMap<>();
    private boolean telling;

    private record Key(QueueName queue, JobId id) {}

    ReceivedJobs(ClaimLoop loop, LeaseStore store, AttemptEnds ends) {
        this.ends = ends;
        this.loop = loop;
        this.store = store;
    }

    /** The answer with these jobs was written. */
    void received(List<LeasedJob> jobs) {
        jobs.forEach(job -> untold.put(key(job.job()), job));
        tellSoon();
        for (LeasedJob job : jobs) {
            if (job.shortened()) {
                ends.watch(
                        LeaseToken.of(
                                job.job(), job.batch().token(), job.batch().lease()),
                        job.remaining(loop.nanoTime()));
            }
        }
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        refused(attempt);
    }

    @Override
    public void refused(StartedAttempt attempt) {
        if (!untold.isEmpty()) {
            untold.remove(new Key(attempt.queue(), attempt.id()));
        }
    }

    private void tellSoon() {
        loop.run(() -> {
            if (!telling && !untold.isEmpty()) {
                telling = true;
                loop.after(SOON, this::tell);
            }
        });
    }

    private void tell() {
        telling = false;
        long now = loop.nanoTime();
        List<LeasedJob> jobs = List.copyOf(untold.values());
        jobs.forEach(job -> untold.remove(key(job.job()), job));
        jobs.stream()
                .filter(job -> job.untilNanos() - now > 0 || job.shortened())
                .collect(Collectors.groupingBy(job -> job.job().queue()))
                .forEach((queue, some) -> tell(queue, some, now));
    }

    private void tell(QueueName queue, List<LeasedJob> jobs, long now) {
        inParts(
                filter(jobs, job -> !job.shortened()),
                part -> store.note(queue, part.stream().map(ReceivedJobs::note).toList()));
        filter(jobs, LeasedJob::shortened).stream()
                .collect(Collectors.groupingBy(job -> job.remaining(now).toMillis() / CUT_TOGETHER_MS + 1))
                .forEach((hundreds, some) -> inParts(
                        some,
                        part -> store.extend(
                                queue,
                                leases(part),
                                Duration.ofMillis(hundreds * CUT_TOGETHER_MS).plus(AttemptEnds.GRACE))));
    }

    private interface Call {
        Uni<?> of(List<LeasedJob> part);
    }

    private void inParts(List<LeasedJob> jobs, Call call) {
        for (int from = 0; from < jobs.size(); from += MOST_PER_CALL) {
            List<LeasedJob> part = jobs.subList(from, Math.min(jobs.size(), from + MOST_PER_CALL));
            call.of(part).subscribe().with(done -> {}, failure -> {
                LOG.debugf(failure, "%d jobs are not known to be received yet", part.size());
                part.forEach(job -> untold.putIfAbsent(key(job.job()), job));
                tellSoon();
            });
        }
    }

    private static List<LeasedJob> filter(List<LeasedJob> jobs, Predicate<LeasedJob> which) {
        return jobs.stream().filter(which).toList();
    }

    private static List<Lease> leases(List<LeasedJob> jobs) {
        List<Lease> leases = new ArrayList<>(jobs.size());
        jobs.forEach(job -> leases.add(job.lease()));
        return leases;
    }

    private static JobNote note(LeasedJob job) {
        return new JobNote(job.lease(), job.job().status().attempt(), Optional.empty(), 1, List.of());
    }

    private static Key key(Job job) {
        return new Key(job.queue(), job.id());
    }
}
