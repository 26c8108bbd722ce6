package io.mainstay.failover.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.failover.stores.MirroredJobs.Job;
import io.mainstay.job.QueueName;
import io.mainstay.process.SteadyEnqueues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A steady flow of jobs through one mirrored queue, and what is seen of it. */
final class MirroredFlow {

    /** Something that is done to a site. */
    interface Step {
        void run() throws Exception;
    }

    private static final double AVAILABILITY = 0.999;
    /** Until a job starts, beyond the hold if it was enqueued while its owner was away. */
    private static final Duration START = Duration.ofSeconds(2);

    private static final int MOST_TOLD = 20;
    private static final long GLANCE_MS = 50;

    private final TwoRedis site;
    private final QueueName queue;
    private final Duration hold;
    private final int perSecond;
    private final MirroredJobs jobs;
    private final TwoRedisRow row;
    private int senders;
    private boolean startsInTime = true;
    private long again;

    MirroredFlow(TwoRedis site, QueueName queue, Duration hold, int perSecond, String fault) {
        this.site = site;
        this.queue = queue;
        this.hold = hold;
        this.perSecond = perSecond;
        this.jobs = new MirroredJobs(site.first(), site.second(), queue);
        this.row = new TwoRedisRow(fault);
    }

    QueueName queue() {
        return queue;
    }

    TwoRedisRow row() {
        return row;
    }

    /** With a second before the fault and one after it. */
    SteadyEnqueues under(Duration lasts, Step begin, Step end) throws Exception {
        long before = finished();
        SteadyEnqueues sender = new SteadyEnqueues(site.instances(), queue.value(), nextIds()).begin(perSecond);
        try (sender) {
            TimeUnit.SECONDS.sleep(1);
            begin.run();
            CompletableFuture<Optional<Instant>> takeover = takeoverWithin(lasts);
            TimeUnit.MILLISECONDS.sleep(lasts.toMillis());
            end.run();
            TimeUnit.SECONDS.sleep(1);
            sender.stop();
            assertThat(sender.acknowledged())
                    .as("refused: %s", sender.refusals())
                    .isNotEmpty();
            agree(sender);
            again = finished() - before - sender.acknowledged().size();
            row.enqueues(sender, perSecond).runs(again, ranTwice(), copiesStarted());
            starts(sender.acknowledged(), takeover.join());
        }
        row.promise(sender.availability() >= AVAILABILITY, "less than 99.9 % acknowledged");
        return sender;
    }

    /** Jobs for so long, and no waiting for what becomes of them. */
    SteadyEnqueues send(Duration lasts) throws Exception {
        try (SteadyEnqueues sender = new SteadyEnqueues(site.instances(), queue.value(), nextIds()).begin(perSecond)) {
            TimeUnit.MILLISECONDS.sleep(lasts.toMillis());
            sender.stop();
            return sender;
        }
    }

    /** All that was acknowledged succeeded, nothing is left to be done in either store, and both say the same. */
    void agree(SteadyEnqueues sender) {
        site.awaitIdle(queue);
        site.awaitWhole(queue);
        TwoRedis.eventually(
                "nothing is left in either store", () -> assertThat(jobs.left()).containsOnly(MirroredJobs.NOTHING));
        List<String> wrong = jobs.disagreements(sender.acknowledged());
        row.promise(wrong.isEmpty(), "%d jobs are lost, or the stores disagree".formatted(wrong.size()));
        if (!wrong.isEmpty()) {
            System.out.println(wrong.subList(0, Math.min(MOST_TOLD, wrong.size())));
        }
    }

    MirroredFlow startsInTime() {
        row.promise(startsInTime, "a job started late");
        return this;
    }

    MirroredFlow runsOnce() {
        row.promise(again == 0, "jobs ran twice").promise(copiesStarted() == 0, "copies started");
        return this;
    }

    /** Runs of the queue's jobs that succeeded. */
    long finished() {
        return Math.round(site.metric("mainstay_jobs_finished_total", queue));
    }

    private long copiesStarted() {
        return Math.round(site.metric("mainstay_mirror_copies_started_total", queue));
    }

    private long ranTwice() {
        return Math.round(site.metric("mainstay_mirror_runs_twice_total", queue));
    }

    private String nextIds() {
        return "sent-" + ++senders + "-";
    }

    private void starts(Set<String> acknowledged, Optional<Instant> takeover) {
        List<Job> all = jobs.succeeded(acknowledged).toList();
        Predicate<Job> before =
                job -> takeover.filter(job.enqueuedAt()::isBefore).isPresent();
        Optional<Duration> waitingForIt = longest(all, before);
        Duration others = longest(all, before.negate()).orElse(Duration.ZERO);
        row.starts(waitingForIt.orElse(null), others);
        startsInTime = others.compareTo(START) <= 0
                && waitingForIt
                        .filter(wait -> wait.compareTo(hold.plus(START)) > 0)
                        .isEmpty();
    }

    private static Optional<Duration> longest(List<Job> all, Predicate<Job> of) {
        return all.stream().filter(of).map(Job::untilStart).max(Duration::compareTo);
    }

    /** Looks for it all the while. */
    private CompletableFuture<Optional<Instant>> takeoverWithin(Duration time) {
        Instant end = Instant.now().plus(time);
        return CompletableFuture.supplyAsync(() -> {
            while (Instant.now().isBefore(end)) {
                if (jobs.secondOwns()) {
                    return Optional.of(Instant.now());
                }
                glance();
            }
            return Optional.empty();
        });
    }

    private static void glance() {
        try {
            TimeUnit.MILLISECONDS.sleep(GLANCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
