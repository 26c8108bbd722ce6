package io.mainstay.lease.report;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.lease.LeaseToken;
import io.mainstay.lease.LeaseTokens;
import io.mainstay.lease.SomeToken;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.attempt.StartedAttempt;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Leases of an in-memory store, as a worker elsewhere has them. */
public final class RemoteWorker {

    public static final QueueName QUEUE = new QueueName("images");
    public static final Duration LEASE = Duration.ofSeconds(30);
    /** Of a result, in bytes. */
    public static final long MOST = 1000;

    public final TestClock clock = new TestClock();
    public final InMemoryJobStore jobs = new InMemoryJobStore(clock);
    public final CountedLeases leases = new CountedLeases(jobs);
    public final LeaseTokens tokens = SomeToken.tokens();
    public final StoreClock storeClock =
            queue -> Uni.createFrom().item(() -> InMemoryJobStore.toMillis(clock.instant()));
    /** What observers were told. */
    public final List<String> told = new ArrayList<>();

    private int claims;

    /** A lease of one job. */
    public record Held(QueueName queue, JobId id, LeaseToken lease, String token) {}

    public RemoteSettlements settlements() {
        JobsConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(JobsConfig.class)
                .withDefaultValues(Map.of("mainstay.jobs.max-payload", Long.toString(MOST)))
                .build()
                .getConfigMapping(JobsConfig.class);
        return new RemoteSettlements(leases, config, List.of(new JobObserver() {
            @Override
            public void finished(StartedAttempt attempt, JobState became, Duration ran) {
                told.add(attempt.id() + " " + became.wireName() + " " + ran);
            }

            @Override
            public void snoozed(StartedAttempt attempt, Duration ran) {
                told.add(attempt.id() + " snoozed " + ran);
            }

            @Override
            public void refused(StartedAttempt attempt) {
                told.add(attempt.id() + " refused");
            }
        }));
    }

    /** Adds a job of the queue and claims it. */
    public Held lease(String id) {
        return lease(JobDraft.job(QUEUE, id));
    }

    public Held lease(JobDraft draft) {
        jobs.enqueue(draft.build()).await().indefinitely();
        return claim(draft.queue());
    }

    public Held claim(QueueName queue) {
        String token = "img-7f9c." + ++claims;
        Job job = jobs.claim(SomeClaim.of(queue, "img-7f9c", token, 1, LEASE))
                .await()
                .indefinitely()
                .jobs()
                .get(0);
        LeaseToken lease = LeaseToken.of(job, token, LEASE);
        return new Held(queue, job.id(), lease, tokens.text(lease).await().indefinitely());
    }

    public Job job(Held held) {
        return jobs.find(held.queue(), held.id()).await().indefinitely().orElseThrow();
    }
}
