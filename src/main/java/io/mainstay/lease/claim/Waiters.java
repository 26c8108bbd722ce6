package io.mainstay.lease.claim;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainedWorkers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The requests for jobs of this instance. Those for the same handlers in the same queues form a line; a wake-up, a poll or a timer leads to one
 * claim for whoever is first in it. An actor on one loop: what is not said to be for any thread is for the loop. Thread-safe.
 *
 * <p>What holds at all times:
 * <ul>
 *   <li>While somebody waits in a line, each of its queues was seen to have no job that the line takes, by a claim sent after the last that was heard
 *       of the queue, or one is under way, to be repeated, or follows within the backoff. So no job is in a queue that somebody waits for.
 *   <li>Who comes to a line of which all that is known claims nothing. Else there is a claim at once, for whoever is first.
 *   <li>A request gets at most as many jobs as it asked for, from one claim of each queue, and is answered once. What was claimed for it and
 *       came too late goes to another request of the same worker in the line, or back, the attempt not counted; unless it has a
 *       key and left, for its repeat gets it.
 *   <li>A claim without an answer is repeated under its own token, for as long as its leases may last. It keeps nobody from other queues for long.
 *   <li>A wait ends when it said, whatever the store does. It ends at once when its worker is drained, its repeat is there, or this instance is about
 *       to end; none begins after that.
 *   <li>Nothing is left of a line, nor of a request, that has ended.
 * </ul>
 * <p>Rejected: a claim for each request that comes (5,000 that wait would cost 100 claims a second), waking all of them for one job, and one claim
 * for several requests (the lease token has the name of its worker).
 */
final class Waiters {

    /** Nobody is told at once that a worker is drained, so those that wait are looked at. */
    private static final Duration LOOK_FOR_DRAINED = Duration.ofMillis(500);
    /** For an answer that is on its way when a wait is over. */
    private static final Duration LAST_CHANCE = Duration.ofMillis(100);

    private final ClaimLoop loop;
    private final DrainedWorkers drained;
    private final int mostWaiting;
    private final EventCount count = new EventCount();
    private final Map<Line.Key, Line> lines = new HashMap<>();
    private final OpenRequests open = new OpenRequests();
    private final WatchedQueues watched;
    private final LineClaims claims;
    private final WaitEnds ends;
    private volatile int waiting;
    private boolean lookingForDrained;
    private boolean stopping;

    Waiters(ClaimLoop loop, LineClaims.Outside outside, DrainedWorkers drained, int mostWaiting) {
        this.loop = loop;
        this.drained = drained;
        this.mostWaiting = mostWaiting;
        this.watched = new WatchedQueues(loop, outside, this::wake);
        this.claims = new LineClaims(loop, outside, count, this::settle, watched::dueIn);
        this.ends = new WaitEnds(loop, this::ended);
    }

    /**
     * @param wait how long to wait for jobs; zero not to
     * @param answer told once, on the loop, unless the request left before
     */
    void ask(Ask ask, Duration wait, Consumer<Outcome> answer) {
        loop.run(() -> {
            Waiter same = open.sameKey(ask);
            if (stopping) {
                answer.accept(Outcome.of(Outcome.Kind.STOPPING, false));
            } else if (drained.drained(ask.worker())) {
                answer.accept(Outcome.of(Outcome.Kind.DRAINED, false));
            } else if (same != null) {
                takeOver(same, ask, wait, answer);
            } else {
                join(ask, wait, answer);
            }
        });
    }

    /** The caller has gone away. Any thread; no matter if it was answered. */
    void leave(Consumer<Outcome> answer) {
        loop.run(() -> {
            Waiter waiter = open.toldTo(answer);
            if (waiter != null) {
                remove(waiter);
                waiter.giveUp();
                claims.giveBack(waiter);
                dropIfUnused(waiter.line());
            }
        });
    }

    /** There may be jobs, see {@link io.mainstay.queue.WakeUps.Listener#hint}. Any thread. */
    void hint(QueueName queue, Set<HandlerName> handlers) {
        if (watched.watches(queue)) {
            loop.run(() -> watched.hint(queue, handlers));
        }
    }

    /** A poll found that somebody must look at the queue, now or in a while. Any thread. */
    void due(QueueName queue, Optional<HandlerName> handler, Duration in) {
        if (watched.watches(queue)) {
            loop.run(() -> {
                if (in.isZero() || in.isNegative()) {
                    watched.due(queue, handler);
                } else {
                    watched.dueIn(queue, in);
                }
            });
        }
    }

    /** How many requests wait. Any thread. */
    int count() {
        return waiting;
    }

    int lines() {
        return lines.size();
    }

    /** All waits end now, none begins any more. Any thread. */
    void stop() {
        loop.run(() -> {
            stopping = true;
            endAll(waiter -> true, Outcome.Kind.STOPPING);
        });
    }

    private void join(Ask ask, Duration wait, Consumer<Outcome> answer) {
        long now = loop.nanoTime();
        Line.Key key = watched.placesOf(ask);
        Line line = lines.get(key);
        if (line == null) {
            line = new Line(key, now);
            lines.put(key, line);
            watched.add(line);
        }
        boolean waits = !wait.isZero() && waiting < mostWaiting;
        if (line.isEmpty() || !waits) {
            // Of what came while nobody waited nothing is known; and who does not wait is told how things are.
            line.queues.forEach(queue -> queue.hint(count.next()));
        }
        Waiter waiter = new Waiter(ask.with(key), waits, line, count.next(), answer);
        line.add(waiter);
        open.add(waiter);
        if (waits) {
            waiting++;
            waiter.endAt(now + wait.toNanos());
            ends.add(waiter);
            lookForDrained();
        }
        claims.dispatch(line);
    }

    private void takeOver(Waiter waiter, Ask ask, Duration wait, Consumer<Outcome> answer) {
        if (!RequestNames.sameRequest(waiter.ask.name().token(), ask.name().token())) {
            answer.accept(Outcome.of(Outcome.Kind.OTHER_REQUEST, false));
            return;
        }
        open.takeOver(waiter, answer).accept(Outcome.of(Outcome.Kind.ANSWERED, waiter.waits));
        if (waiter.waits) {
            ends.remove(waiter);
            waiter.endAt(loop.nanoTime() + wait.toNanos());
            ends.add(waiter);
        }
    }

    private void wake(Line line, QueueName queue) {
        if (!line.key.queues().contains(queue)) {
            // Their queue has got places since they came, so they are to come again.
            endAll(waiter -> waiter.line() == line, Outcome.Kind.ANSWERED);
            return;
        }
        line.queue(queue).hint(count.next());
        claims.dispatch(line);
    }

    /** Answers those of a line that can be. */
    private void settle(Line line) {
        for (Waiter waiter : line.busy()) {
            if (waiter.full() || waiter.spent() || waiter.hasJobs() && !waiter.claiming()) {
                answer(waiter, Outcome.jobs(waiter.batches(), waiter.waits));
            } else if (!waiter.hasJobs() && waiter.askedAll()) {
                if (waiter.failed() || !waiter.waits) {
                    answer(waiter, waiter.nothing());
                } else if (!waiter.claiming()) {
                    line.onlyWaits(waiter);
                }
            }
        }
        dropIfUnused(line);
    }

    private void ended(Waiter waiter) {
        if (waiter.takesLastChance()) {
            waiter.endAt(loop.nanoTime() + LAST_CHANCE.toNanos());
            ends.add(waiter);
        } else {
            answer(waiter, waiter.nothing());
            dropIfUnused(waiter.line());
        }
    }

    private void lookForDrained() {
        if (!lookingForDrained) {
            lookingForDrained = true;
            loop.after(LOOK_FOR_DRAINED, () -> {
                lookingForDrained = false;
                endAll(waiter -> drained.drained(waiter.ask.worker()), Outcome.Kind.DRAINED);
                if (waiting > 0) {
                    lookForDrained();
                }
            });
        }
    }

    private void endAll(Predicate<Waiter> which, Outcome.Kind why) {
        for (Line line : new ArrayList<>(lines.values())) {
            line.all().stream()
                    .filter(which)
                    .forEach(waiter -> answer(waiter, new Outcome(why, waiter.batches(), waiter.waits, null)));
            dropIfUnused(line);
        }
    }

    private void answer(Waiter waiter, Outcome outcome) {
        remove(waiter);
        waiter.answer(outcome);
    }

    private void remove(Waiter waiter) {
        waiter.line().remove(waiter);
        open.remove(waiter);
        if (waiter.waits) {
            waiting--;
            ends.remove(waiter);
        }
    }

    private void dropIfUnused(Line line) {
        if (line.unused() && lines.remove(line.key, line)) {
            watched.remove(line);
        }
    }
}
