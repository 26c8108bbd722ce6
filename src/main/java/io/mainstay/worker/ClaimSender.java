package io.mainstay.worker;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.LeaseStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Sends claims and starts the jobs that they bring. A claim without an answer is sent again, for the store may have
 * leased jobs to it; and for half as much each time, for it may be that so much does not arrive. Loop only, but
 * for {@link #sinceLastClaim()}.
 */
@Singleton
final class ClaimSender {

    private static final Logger LOG = Logger.getLogger(ClaimSender.class);

    /** Longer waits for the next scheduled job are not timed: polls, at most a minute apart, tell of it again. */
    private static final Duration LONGEST_TIMER = Duration.ofMinutes(2);

    private static final int DUE_JITTER_MS = 4;
    private static final Duration REST_AFTER_VAIN_CLAIMS = Duration.ofMillis(10);
    /** Longer than a claim takes where all is well; short, as other queues' jobs may wait for its workers. */
    private static final Duration LONGEST_RESERVATION = Duration.ofMillis(200);

    private final WorkerLoop loop;
    private final LeaseStore store;
    private final WorkerIdentity identity;
    private final WorkerSlots slots;
    private final LeaseExtender leases;
    private final ServedQueues servedQueues;
    /** When the store last answered a claim; null before it did. */
    private volatile Long lastClaim;

    ClaimSender(
            WorkerLoop loop,
            LeaseStore store,
            WorkerIdentity identity,
            WorkerSlots slots,
            LeaseExtender leases,
            ServedQueues servedQueues) {
        this.loop = loop;
        this.store = store;
        this.identity = identity;
        this.slots = slots;
        this.leases = leases;
        this.servedQueues = servedQueues;
    }

    /** From now on queues are looked at again once targets have room whose jobs alone were left, and once a drain is over. */
    void start() {
        servedQueues.onDrainChange(() -> loop.run(loop::dispatchSoon));
        identity.onRoom(() -> loop.run(() -> {
            servedQueues.all().forEach(ServedQueue::roomAgain);
            loop.dispatchSoon();
        }));
    }

    /** Whether jobs of that handler in that queue, of which there are some, are run here and may be claimed now. */
    boolean serves(QueueName queue, HandlerName handler) {
        return identity.serves(queue, handler);
    }

    /** Whether nothing but canaries is claimed. Any thread. */
    boolean drained() {
        return servedQueues.drained();
    }

    /** Whose jobs this instance runs. */
    Set<HandlerName> handlers() {
        return identity.handlers();
    }

    Optional<Duration> sinceLastClaim() {
        return Optional.ofNullable(lastClaim).map(then -> Duration.ofNanos(System.nanoTime() - then));
    }

    /**
     * Sends claims without an answer again, worth it even without a free worker, for their jobs wait under a running lease.
     * Keeps no worker for them: the part of the store that has such a queue may be gone, and other queues' jobs may wait.
     */
    void repeat() {
        servedQueues.toRepeat().forEach(served -> send(served, 0));
    }

    /** Claims for so many workers, shared among the queues. */
    void claim(int workers) {
        for (ServedQueue served : servedQueues.allot(workers)) {
            served.claim = identity.claim(served.queue, served.allotted, served.bytes());
            send(served, served.claim.request.max());
        }
    }

    private void send(ServedQueue served, int workers) {
        PendingClaim claim = served.claim;
        claim.sending(workers);
        served.sending();
        slots.reserve(workers);
        Runnable cancelEnd = loop.after(LONGEST_RESERVATION, () -> freeWorkersOf(claim));
        loop.call(() -> store.claim(claim.request), claim.request.lease(), (claimed, failure) -> {
            cancelEnd.run();
            claim.underWay = false;
            freeWorkersOf(claim);
            if (failure == null) {
                answered(served, claim, claimed);
            } else {
                failed(served, claim, failure);
            }
        });
    }

    private void freeWorkersOf(PendingClaim claim) {
        slots.unreserve(claim.reserved);
        claim.reserved = 0;
        loop.dispatchSoon();
    }

    private void answered(ServedQueue served, PendingClaim claim, Claimed claimed) {
        lastClaim = System.nanoTime();
        List<Job> jobs = claimed.jobs();
        identity.claimed(claim, jobs.size());
        served.answered(claimed);
        if (claim.probe.isPresent()) {
            // It was about jobs of one handler only.
            served.hint();
        }
        if (served.claimsInVain()) {
            served.rest(REST_AFTER_VAIN_CLAIMS);
            loop.after(REST_AFTER_VAIN_CLAIMS, loop::dispatchSoon);
        }
        nextDue(served, claimed.nextDue());
        loop.events().claimed(served.queue, jobs);
        claimed.died().forEach(loop.events()::died);
        returned(served, claimed.returned());
        int wanted = Math.max(0, Math.min(jobs.size(), slots.free()));
        List<Attempt> unconfirmed = new ArrayList<>();
        for (Job job : jobs.subList(0, wanted)) {
            Attempt attempt = slots.start(job, claim.request.token(), claim.leaseUntil());
            if (attempt.unconfirmed()) {
                unconfirmed.add(attempt);
            }
        }
        for (Job job : jobs.subList(wanted, jobs.size())) {
            slots.giveBack(job, claim.request.token(), claim.leaseUntil());
        }
        leases.extend(unconfirmed);
        leases.watch();
    }

    private void returned(ServedQueue served, int attempts) {
        if (attempts > 0) {
            loop.events().returned(served.queue, attempts);
            LOG.warnf(
                    "%d jobs of queue %s were leased, but no worker is known to have received them; they are ready again, and the attempts are not counted",
                    attempts, served.queue);
        }
    }

    private void failed(ServedQueue served, PendingClaim claim, Throwable failure) {
        loop.events().unclaimed(served.queue, failure);
        if (WorkerLoop.storeUnavailable(failure)) {
            served.lost();
        }
        if (claim.worthRepeating(failure)) {
            claim.shrinkTo(served.bytes());
        } else {
            identity.claimed(claim, 0);
            served.claim = null;
            served.hint();
        }
        int inARow = served.backoff.failed();
        Duration wait = served.backoff.delay();
        served.rest(wait);
        loop.after(wait, loop::dispatchSoon);
        LOG.logf(
                inARow == 1 ? Logger.Level.WARN : Logger.Level.DEBUG,
                failure,
                "claim from queue %s got no answer; trying again in %s",
                served.queue,
                wait);
    }

    private void nextDue(ServedQueue served, Optional<Duration> wait) {
        Optional<Duration> soon = wait.filter(due -> due.compareTo(LONGEST_TIMER) <= 0);
        soon.ifPresentOrElse(due -> dueIn(served, due), served::noDueTimer);
    }

    /** A moment later than told, so that instances that all know of it do not all come in the same one. */
    void dueIn(ServedQueue served, Duration wait) {
        Duration later = wait.plusMillis(1 + ThreadLocalRandom.current().nextInt(DUE_JITTER_MS));
        served.nextDueTimer(loop.after(later, () -> {
            served.noDueTimer();
            served.hint();
            loop.dispatchSoon();
        }));
    }
}
