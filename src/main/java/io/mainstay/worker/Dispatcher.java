package io.mainstay.worker;

import jakarta.inject.Singleton;

/**
 * Decides what to settle and what to claim. An actor on one event loop; wake-ups, poll ticks, due times, answers and
 * freed workers all come down to a {@link #dispatch}, which does whatever can be done from the state as it is. Loop only.
 *
 * <p>What holds at all times:
 *
 * <ul>
 *   <li>Busy workers and workers reserved by claims under way are never more than there are slots. What the store hands out
 *       beyond that (a repeated claim and a late answer can) is given back at once.
 *   <li>A claim without an answer keeps workers from other queues for a fraction of a second: of a cluster, one shard
 *       may be gone.
 *   <li>One claim per queue is under way at a time. A claim that got no answer is repeated under its own token before
 *       another token is used, for as long as the leases it may have given can last.
 *   <li>A hint is dropped only when the store showed the queue empty (see {@link ServedQueue}): the store does not wake us
 *       again for a queue that still has jobs.
 *   <li>Nothing is claimed while reports or overdue handlers pile up: memory and threads are bounded.
 *   <li>Reports go before claims in the same turn, so that the store can send both in one round trip.
 *   <li>Nothing that is thrown ends it, and the poll tick brings a dispatch whatever else was lost.
 * </ul>
 *
 * <p>Rejected: a thread per queue that blocks on the store (wedges with its connection, costs a connection per queue),
 * and fetching ahead of free workers (jobs would wait here, under a running lease, while other instances idle).
 */
@Singleton
final class Dispatcher {

    private final WorkerLoop loop;
    private final ClaimSender claims;
    private final WorkerSlots slots;
    private final ReportSender reports;
    private final TimeoutChecker timeouts;
    private final Drain drain;

    Dispatcher(
            WorkerLoop loop,
            ClaimSender claims,
            WorkerSlots slots,
            ReportSender reports,
            TimeoutChecker timeouts,
            Drain drain) {
        this.loop = loop;
        this.claims = claims;
        this.slots = slots;
        this.reports = reports;
        this.timeouts = timeouts;
        this.drain = drain;
    }

    /** From now on whatever the loop wants dispatched is. */
    void start() {
        loop.onDispatch(this::dispatch);
        claims.start();
    }

    private void dispatch() {
        reports.flush();
        claims.repeat();
        if (slots.free() > 0 && !slots.overloaded()) {
            claims.claim(slots.free());
        }
        timeouts.watch();
        drain.look();
    }
}
