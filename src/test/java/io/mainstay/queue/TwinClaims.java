package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Transitions.JobEvent;
import io.mainstay.queue.route.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Claims from a queue of the in-memory store. Which jobs one takes it decides in the simplest way, one after the other; or it
 * does what another store has decided, if that keeps to the rules.
 */
final class TwinClaims {

    private final Map<JobId, TwinJob> jobs;
    private final TwinLines lines;
    private final TwinLeaseClock clock;
    private final TwinSweep sweep;
    private final TwinChoice choice;
    private final ClaimRules rules;
    private final Duration aging;
    private final Map<String, Receipt> receipts = new HashMap<>();

    private interface Start {
        List<TwinJob> start(int room, TwinServed wanted);
    }

    /** What a claimant's latest claim leased; lets a repeat of it be answered. */
    private record Receipt(String token, List<JobId> ids, Instant until) {}

    TwinClaims(
            Map<JobId, TwinJob> jobs,
            TwinLines lines,
            TwinTurns turns,
            TwinLeaseClock clock,
            TwinSweep sweep,
            Duration aging) {
        this.jobs = jobs;
        this.lines = lines;
        this.clock = clock;
        this.sweep = sweep;
        this.aging = aging;
        this.choice = new TwinChoice(lines, turns, sweep.limit(), aging);
        this.rules = new ClaimRules(lines, turns, sweep.limit());
    }

    Claimed claim(ClaimRequest request, boolean paused, Instant now) {
        return claim(request, paused, now, (room, wanted) -> {
            TwinAnswer answer = new TwinAnswer(request.bytes());
            return choice.start(room, now, wanted, job -> offer(job, request, answer, now));
        });
    }

    /** Does what another store has done. */
    Claimed follow(ClaimRequest request, ClaimSeen seen, boolean paused, Instant now) {
        return claim(request, paused, now, (room, wanted) -> follow(request, seen, room, wanted, now));
    }

    private Claimed claim(ClaimRequest request, boolean paused, Instant now, Start start) {
        clock.look(now);
        if (clock.steppedBack()) {
            lines.endRests();
            jobs.values().forEach(job -> job.boundWait(now));
        }
        int returned = sweep.sweep(now);
        TwinServed wanted = new TwinServed(request.served(), lines.handlers().paused());
        Receipt receipt = receipts.get(request.claimant());
        boolean repeated = receipt != null
                && receipt.token().equals(request.token())
                && receipt.until().isAfter(clock.leaseTime(now));
        int room = paused ? 0 : Math.min(request.max(), lines.limits().room(now));
        List<TwinJob> held = repeated ? leaseAgain(receipt.ids(), request, now) : start.start(room, wanted);
        if (repeated || !held.isEmpty()) {
            List<JobId> ids = held.stream().map(job -> job.asked.id()).toList();
            Instant until = clock.leaseTime(now).plus(request.lease());
            receipts.put(request.claimant(), new Receipt(request.token(), ids, until));
        }
        TwinServed anybody = new TwinServed(null, lines.handlers().paused());
        clock.keep(nextDue(paused, anybody, now).isPresent(), now);
        TwinServed anywhere = anywhere(request);
        Optional<Duration> nextDue = nextDue(paused, anywhere, now);
        boolean open = !paused && lines.limits().room(now) > 0;
        boolean more = open && !lines.startable(wanted).isEmpty();
        boolean unwanted = open && !more && !lines.startable(anywhere).isEmpty();
        return new Claimed(held.stream().map(TwinJob::view).toList(), more, nextDue, returned, sweep.died(), unwanted);
    }

    Optional<String> latestToken(String claimant, Instant now) {
        Receipt receipt = receipts.get(claimant);
        if (receipt != null) {
            clock.look(now);
        }
        return Optional.ofNullable(receipt)
                .filter(latest -> latest.until().isAfter(clock.leaseTime(now)))
                .map(Receipt::token);
    }

    private Optional<Duration> nextDue(boolean paused, TwinServed served, Instant now) {
        Stream<Instant> timed = jobs.values().stream()
                .filter(job -> job.state() == JobState.SCHEDULED || job.state() == JobState.RUNNING)
                .map(job -> job.state() == JobState.SCHEDULED ? job.runAt : clock.asNow(job.leaseUntil));
        return Stream.concat(timed, lines.nextToken(paused, served, now).stream())
                .min(Comparator.naturalOrder())
                .map(due -> due.isBefore(now) ? Duration.ZERO : Duration.between(now, due));
    }

    private List<TwinJob> follow(ClaimRequest request, ClaimSeen seen, int room, TwinServed wanted, Instant now) {
        ClaimBefore before = ClaimBefore.of(lines, room, wanted, now);
        assertThat(jobs.keySet())
                .as("jobs that are there")
                .containsAll(seen.all().toList());
        List<TwinJob> leased = seen.leased().stream().map(jobs::get).toList();
        List<TwinJob> late = seen.dead().stream()
                .map(jobs::get)
                .filter(job -> job.state() != JobState.DEAD)
                .toList();
        Set<String> rested = new HashSet<>(seen.aside().resting());
        rested.removeAll(lines.resting());
        rules.checkChoice(before, leased, late, wanted);
        late.forEach(job -> bury(job, now));
        leased.forEach(job -> {
            lease(job, request, now);
            wanted.started(job);
        });
        assertThat(rested)
                .as("groups that rest")
                .allMatch(group -> lines.limits().get().groupRate().isPresent());
        rested.forEach(group -> lines.rest(group, now));
        Set<String> left = lines.startable(wanted);
        Set<String> unwanted = lines.startable(anywhere(request));
        unwanted.removeAll(left);
        unwanted.remove(TwinLines.PLAIN);
        rules.check(new ClaimTaken(before, aging, leased, late, left, unwanted, wanted), request, rested);
        return leased;
    }

    /** What it would take if all targets had room. */
    private TwinServed anywhere(ClaimRequest request) {
        return new TwinServed(
                Served.of(request.served().handlers()), lines.handlers().paused());
    }

    /** The first of these jobs, as many as are asked for now; the others go back as if they had not been taken. */
    private List<TwinJob> leaseAgain(List<JobId> ids, ClaimRequest request, Instant now) {
        TwinAnswer answer = new TwinAnswer(request.bytes());
        List<TwinJob> kept = new ArrayList<>();
        for (JobId id : ids) {
            TwinJob job = jobs.get(id);
            if (job == null || !job.isHeldUnder(request.token()) || job.pendingOf == job.claims) {
                continue;
            }
            boolean received = job.received == job.claims;
            if (received) {
                answer.comes();
            }
            if (received || kept.size() < request.max() && answer.takes(job)) {
                Instant until = clock.leaseTime(now).plusMillis(request.lease().toMillis());
                if (!received || job.leaseUntil.isBefore(until)) {
                    job.leaseUntil = until;
                }
                kept.add(job);
            } else {
                lines.freeSlot(job);
                job.move(JobEvent.RELEASE);
                job.attempt--;
                job.forgetLease();
                lines.entered(job);
                lines.notStarted(job, now);
            }
        }
        return kept;
    }

    private TwinChoice.Offer offer(TwinJob job, ClaimRequest request, TwinAnswer answer, Instant now) {
        if (job.isTooLate(now)) {
            bury(job, now);
            return TwinChoice.Offer.PASSED;
        } else if (!answer.takes(job)) {
            return TwinChoice.Offer.NO_ROOM;
        }
        lease(job, request, now);
        return TwinChoice.Offer.TAKEN;
    }

    private void bury(TwinJob job, Instant now) {
        String type = job.isExpired(now) ? "expired" : "deadline";
        job.addError(now, type, "it is too late for the job");
        sweep.died(job, type);
        job.move(JobEvent.BURY);
        job.finishedAt = now;
        job.oweFlow(now);
        lines.left(job);
    }

    private void lease(TwinJob job, ClaimRequest request, Instant now) {
        job.move(JobEvent.CLAIM);
        job.attempt++;
        job.claims++;
        job.startedAt = now;
        job.token = request.token();
        job.settledBy = null;
        job.leaseUntil = clock.leaseTime(now).plusMillis(request.lease().toMillis());
        lines.started(job, now);
    }
}
