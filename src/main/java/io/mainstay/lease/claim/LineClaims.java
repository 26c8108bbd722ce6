package io.mainstay.lease.claim;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.queue.route.Served;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Sends claims for those who wait in a line, and deals out what they bring. Loop only.
 *
 * <p>A claim that is slow, as its part of the store may be gone, does not keep its waiter from the other queues. What it brings in the end goes
 * to its waiter if that has room, or to another request of the same worker; else back, the attempt not counted.
 */
final class LineClaims {

    /** Longer than a claim takes where all is well. */
    private static final Duration SLOW = Duration.ofMillis(200);
    /** Calls end by themselves before that. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    /** What lines need that is not theirs. */
    record Outside(
            LeaseStore store,
            ClaimNames names,
            LeaseEvents events,
            GiveBack giveBack,
            HeldHandlers held,
            QueuePlaces places) {}

    private final ClaimLoop loop;
    private final Outside outside;
    private final EventCount count;
    private final Consumer<Line> settle;
    private final BiConsumer<QueueName, Duration> dueIn;

    /**
     * @param settle looks who of the line can be answered
     * @param dueIn is told when a queue may have jobs by itself
     */
    LineClaims(
            ClaimLoop loop,
            Outside outside,
            EventCount count,
            Consumer<Line> settle,
            BiConsumer<QueueName, Duration> dueIn) {
        this.loop = loop;
        this.outside = outside;
        this.count = count;
        this.settle = settle;
        this.dueIn = dueIn;
    }

    /** Does whatever can be done from the state as it is. */
    void dispatch(Line line) {
        long now = loop.nanoTime();
        for (LineQueue queue : line.inTurn()) {
            Waiter waiter = queue.claimable(now) ? line.firstFor(queue) : null;
            while (waiter != null) {
                send(begin(line, queue, waiter), line);
                waiter = queue.claimable(now) ? line.firstFor(queue) : null;
            }
        }
        settle.accept(line);
    }

    /** Nobody wants them any more. */
    void giveBack(Waiter gone) {
        if (!gone.ask.repeatable()) {
            gone.batches().forEach(outside.giveBack()::release);
        }
    }

    private Claim begin(Line line, LineQueue queue, Waiter waiter) {
        Ask ask = waiter.ask;
        Ask.Name name = outside.names().take(ask);
        Optional<HandlerName> probe = outside.held().probe(queue.name, line.key.handlers());
        int bytes = (int) Math.min(ClaimRequest.MOST_BYTES, waiter.bytesLeft());
        ClaimRequest request = new ClaimRequest(
                queue.name,
                name.claimant(),
                name.token(),
                probe.isPresent() ? 1 : waiter.left(),
                bytes,
                ask.lease(),
                Served.of(probe.map(Set::of).orElseGet(() -> claimable(queue.name, line.key.handlers()))));
        Claim claim = new Claim(queue, waiter, request, probe, count.next(), loop.nanoTime());
        queue.claims.add(claim);
        waiter.claimBegun();
        line.working(waiter);
        return claim;
    }

    /** Of those that are held, one job may be tried another time. */
    private Set<HandlerName> claimable(QueueName queue, Set<HandlerName> handlers) {
        Set<HandlerName> rest = outside.held().claimable(handlers);
        if (rest.size() < handlers.size()) {
            handlers.stream().filter(handler -> !rest.contains(handler)).forEach(handler -> outside.held()
                    .mayClaim(queue, handler));
        }
        return rest;
    }

    private void send(Claim claim, Line line) {
        claim.sending(loop.nanoTime());
        boolean[] ended = new boolean[1];
        Runnable cancelSlow = claim.slow
                ? () -> {}
                : loop.after(SLOW, () -> {
                    slow(claim);
                    dispatch(line);
                });
        Runnable[] cancelBound = new Runnable[1];
        BiConsumer<Claimed, Throwable> end = (claimed, failure) -> {
            if (!ended[0]) {
                ended[0] = true;
                cancelSlow.run();
                cancelBound[0].run();
                slow(claim);
                if (failure == null) {
                    answered(claim, line, claimed);
                } else {
                    failed(claim, line, failure);
                }
            }
        };
        cancelBound[0] = loop.after(LONGEST_CALL, () -> end.accept(null, new TimeoutException("no answer")));
        try {
            outside.store()
                    .claim(claim.request)
                    .subscribe()
                    .with(
                            claimed -> loop.run(() -> end.accept(claimed, null)),
                            failure -> loop.run(() -> end.accept(null, failure)));
        } catch (RuntimeException thrown) {
            loop.run(() -> end.accept(null, thrown));
        }
    }

    /** Its waiter may ask elsewhere. */
    private static void slow(Claim claim) {
        if (!claim.slow) {
            claim.slow = true;
            claim.waiter.claimOver();
        }
    }

    private void answered(Claim claim, Line line, Claimed claimed) {
        outside.names().giveBack(claim.request.claimant());
        outside.events().claimed(claim.queue.name, claimed);
        Duration rest = claim.queue.answered(claim, claimed, loop.nanoTime());
        if (!rest.isZero()) {
            loop.after(rest, () -> dispatch(line));
        }
        if (claim.probe.isPresent()) {
            probed(claim, !claimed.jobs().isEmpty());
        } else {
            heard(claim, line, claimed);
        }
        if (!claimed.jobs().isEmpty()) {
            dealOut(claim, line, claimed.jobs());
        } else if (claimed.more() && claim.probe.isEmpty()) {
            claim.waiter.claimedInVain();
        }
        claimed.nextDue().ifPresent(wait -> dueIn.accept(claim.queue.name, wait));
        dispatch(line);
    }

    /** It was about jobs of one handler only, so the queue is asked again. */
    private void probed(Claim claim, boolean found) {
        outside.held().probed(claim.queue.name, claim.probe.orElseThrow(), found);
        claim.queue.hint(count.next());
    }

    /** What the answer says of the queue to those who were there when it was asked. */
    private static void heard(Claim claim, Line line, Claimed claimed) {
        boolean showsAll = !claim.repeated() && !claimed.more();
        // Who came after it was sent and waits joins those who know nothing else of the queue.
        boolean emptyForAll = claim.queue.knownEmpty();
        for (Waiter waiter : line.busy()) {
            boolean own = waiter == claim.waiter
                    && (!claim.repeated() || !claimed.jobs().isEmpty());
            boolean others = waiter.waits && emptyForAll || showsAll && waiter.arrivedAt < claim.sentAt;
            if (own || others) {
                waiter.heardOf(claim.queue);
            }
        }
    }

    private void dealOut(Claim claim, Line line, List<Job> jobs) {
        Ask ask = claim.waiter.ask;
        Batch rest = claim.batch(jobs);
        if (!claim.waiter.over()) {
            rest = claim.waiter.take(rest);
            line.working(claim.waiter);
        }
        Waiter heir = rest.jobs().isEmpty() ? null : line.heirOf(ask);
        while (heir != null && !rest.jobs().isEmpty()) {
            rest = heir.take(rest);
            line.working(heir);
            heir = line.heirOf(ask);
        }
        // Jobs of one that can be repeated wait for that, unless it was or will be answered without them.
        boolean awaited = ask.repeatable() && claim.waiter.over() && !claim.waiter.answered();
        if (!rest.jobs().isEmpty() && !awaited) {
            outside.giveBack().release(rest);
            claim.queue.hint(count.next());
        }
    }

    private void failed(Claim claim, Line line, Throwable failure) {
        outside.events().unclaimed(claim.queue.name, failure);
        long now = loop.nanoTime();
        Duration wait = claim.queue.failed(now);
        if (claim.worthRepeating(failure, now)) {
            claim.askForLess();
            loop.after(wait, () -> send(claim, line));
        } else {
            claim.queue.claims.remove(claim);
            outside.names().giveBack(claim.request.claimant());
            claim.probe.ifPresent(handler -> outside.held().probed(claim.queue.name, handler, false));
            claim.queue.hint(count.next());
            loop.after(wait, () -> dispatch(line));
        }
        line.busy().forEach(waiter -> waiter.notHeardOf(claim.queue, failure));
        settle.accept(line);
    }
}
