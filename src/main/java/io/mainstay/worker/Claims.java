package io.mainstay.worker;

import io.mainstay.job.Job;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.LeaseStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Sends claims and hands what they bring to the crew. A claim without an answer is sent again, for the store may have
 * leased jobs to it; and for half as much each time, for it may be that so much does not come through. Loop only, but for {@link #sinceLastGoodRound()}.
 */
final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);

    /** Longer waits for the next scheduled job are not timed: polls, at most a minute apart, tell of it again. */
    private static final Duration LONGEST_TIMER = Duration.ofMinutes(2);

    private static final int DUE_JITTER_MS = 4;
    private static final Duration REST_AFTER_VAIN_CLAIMS = Duration.ofMillis(10);
    /** Longer than a claim takes where all is well; short, as other queues' jobs may wait for its workers. */
    private static final Duration LONGEST_RESERVATION = Duration.ofMillis(200);

    private final Loop loop;
    private final LeaseStore store;
    private final Claimant claimant;
    private final Crew crew;
    private final LeaseKeeper leases;
    private final Signal signal;
    /** When the store last answered a claim; null before it did. */
    private volatile Long lastGoodRound;

    Claims(Loop loop, LeaseStore store, Claimant claimant, Crew crew, LeaseKeeper leases, Signal signal) {
        this.loop = loop;
        this.store = store;
        this.claimant = claimant;
        this.crew = crew;
        this.leases = leases;
        this.signal = signal;
    }

    Optional<Duration> sinceLastGoodRound() {
        return Optional.ofNullable(lastGoodRound).map(then -> Duration.ofNanos(System.nanoTime() - then));
    }

    /** Claims as many jobs for the feed as it was allotted workers. */
    void claim(Feed feed) {
        feed.claim = claimant.claim(feed.queue, feed.allotted, feed.bytes());
        send(feed, feed.claim.request.max());
    }

    /**
     * Sends the feed's claim again, worth it even without a free worker, for its jobs wait under a running lease. Keeps
     * no worker for it: the part of the store that has this queue may be gone, and other queues' jobs may wait.
     */
    void repeat(Feed feed) {
        send(feed, 0);
    }

    private void send(Feed feed, int workers) {
        ClaimTry claim = feed.claim;
        claim.sending(workers);
        feed.sending();
        crew.reserve(workers);
        Runnable cancelEnd = loop.after(LONGEST_RESERVATION, () -> freeWorkersOf(claim));
        loop.call(() -> store.claim(claim.request), claim.request.lease(), (claimed, failure) -> {
            cancelEnd.run();
            claim.underWay = false;
            freeWorkersOf(claim);
            if (failure == null) {
                answered(feed, claim, claimed);
            } else {
                failed(feed, claim, failure);
            }
        });
    }

    private void freeWorkersOf(ClaimTry claim) {
        crew.unreserve(claim.reserved);
        claim.reserved = 0;
        signal.raise();
    }

    private void answered(Feed feed, ClaimTry claim, Claimed claimed) {
        lastGoodRound = System.nanoTime();
        List<Job> jobs = claimed.jobs();
        feed.answered(jobs.size(), claimed.more());
        if (feed.claimsInVain()) {
            feed.rest(REST_AFTER_VAIN_CLAIMS);
            loop.after(REST_AFTER_VAIN_CLAIMS, signal::raise);
        }
        nextDue(feed, claimed.nextDue());
        loop.tally().claimed(feed.queue, jobs);
        returned(feed, claimed.returned());
        int wanted = Math.max(0, Math.min(jobs.size(), crew.free()));
        List<Attempt> unconfirmed = new ArrayList<>();
        for (Job job : jobs.subList(0, wanted)) {
            Attempt attempt = crew.start(job, claim.request.token(), claim.leaseUntil());
            if (attempt.unconfirmed()) {
                unconfirmed.add(attempt);
            }
        }
        for (Job job : jobs.subList(wanted, jobs.size())) {
            crew.giveBack(job, claim.request.token(), claim.leaseUntil());
        }
        leases.extend(unconfirmed);
        leases.watch();
    }

    private void returned(Feed feed, int attempts) {
        if (attempts > 0) {
            loop.tally().returned(feed.queue, attempts);
            LOG.warnf(
                    "%d jobs of queue %s were leased and no worker is known to have received them; they are ready again, the"
                            + " attempts not counted",
                    attempts, feed.queue);
        }
    }

    private void failed(Feed feed, ClaimTry claim, Throwable failure) {
        loop.tally().unclaimed(feed.queue, failure);
        if (Failures.storeAway(failure)) {
            feed.lost();
        }
        if (claim.worthRepeating(failure)) {
            claim.shrinkTo(feed.bytes());
        } else {
            feed.claim = null;
            feed.hint();
        }
        int inARow = feed.pause.failed();
        Duration wait = feed.pause.length();
        feed.rest(wait);
        loop.after(wait, signal::raise);
        LOG.logf(
                inARow == 1 ? Logger.Level.WARN : Logger.Level.DEBUG,
                failure,
                "claim from queue %s got no answer; trying again in %s",
                feed.queue,
                wait);
    }

    private void nextDue(Feed feed, Optional<Duration> wait) {
        feed.nextDueTimer(wait.filter(due -> due.compareTo(LONGEST_TIMER) <= 0)
                // A moment later than told, so that instances that all know of it do not all come in the same one.
                .map(due -> loop.after(
                        due.plusMillis(1 + ThreadLocalRandom.current().nextInt(DUE_JITTER_MS)), () -> {
                            feed.hint();
                            signal.raise();
                        }))
                .orElse(() -> {}));
    }
}
