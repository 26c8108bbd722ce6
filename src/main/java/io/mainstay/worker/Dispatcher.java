package io.mainstay.worker;

import io.mainstay.job.QueueName;
import java.util.Optional;

/**
 * Decides what to settle and what to claim. An actor on one event loop; wake-ups, poll ticks, due times, answers and
 * freed workers all come down to a {@link #look}, which does whatever can be done from the state as it is. Loop only.
 *
 * <p>What holds at all times:
 *
 * <ul>
 *   <li>Busy workers and workers reserved by claims under way are never more than the crew. What the store hands out
 *       beyond that (a repeated claim and a late answer can) is given back at once.
 *   <li>A claim without an answer keeps workers from other queues for a fraction of a second: of a cluster, one shard
 *       may be gone.
 *   <li>One claim per queue is under way at a time. A claim that got no answer is repeated under its own token before
 *       another token is used, for as long as the leases it may have given can last.
 *   <li>A hint is dropped only when the store showed the queue empty (see {@link Feed}): the store does not wake us
 *       again for a queue that still has jobs.
 *   <li>Nothing is claimed while reports or overdue handlers pile up: memory and threads are bounded.
 *   <li>Reports go before claims in the same turn, so that the store can send both in one round trip.
 *   <li>Nothing that is thrown ends it, and the poll tick brings a look whatever else was lost.
 * </ul>
 *
 * <p>Rejected: a thread per queue that blocks on the store (wedges with its connection, costs a connection per queue),
 * and fetching ahead of free workers (jobs would wait here, under a running lease, while other instances idle).
 */
final class Dispatcher {

    private final Feeds feeds;
    private final Claims claims;
    private final Crew crew;
    private final Reports reports;
    private final Deadlines deadlines;
    private final Drain drain;

    Dispatcher(Feeds feeds, Claims claims, Crew crew, Reports reports, Deadlines deadlines, Drain drain) {
        this.feeds = feeds;
        this.claims = claims;
        this.crew = crew;
        this.reports = reports;
        this.deadlines = deadlines;
        this.drain = drain;
    }

    /**
     * The queue may have due jobs.
     *
     * @return whether it is served here; then a look must follow
     */
    boolean hint(QueueName queue) {
        Optional<Feed> served = feeds.serve(queue);
        served.ifPresent(Feed::hint);
        return served.isPresent();
    }

    void look() {
        reports.flush();
        feeds.toRepeat().forEach(claims::repeat);
        if (crew.free() > 0 && !crew.overloaded()) {
            feeds.allot(crew.free()).forEach(claims::claim);
        }
        deadlines.watch();
        drain.look();
    }
}
