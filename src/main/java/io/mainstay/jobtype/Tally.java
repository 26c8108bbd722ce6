package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How attempts of one handler ended on this instance, as far as the store does not know it, and what it said of those of all. Thread-safe. */
final class Tally {

    /** How much later than in truth a success may be known to all, as a share of the window. */
    private static final int LATENESS = 20;

    private static final Duration LEAST_LATENESS = Duration.ofSeconds(1);
    private static final Duration MOST_LATENESS = Duration.ofSeconds(10);

    /** Later the store will not answer any more. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

    /** So long it is not asked again whether to hold it. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final HandlerName handler;
    private long failed;
    private long counted;
    /** Failures that are not settled yet. */
    private int open;
    /** When there was the latest of these. */
    private long openedAt;
    /** Of all instances, as of the latest answer, without those that were not counted then. */
    private long known;
    /** Before that it is not held, whatever fails. */
    private long quietUntil;

    private Instant succeeded;
    private Instant started;
    /** When the latest success was told of. */
    private Long toldAt;

    Tally(HandlerName handler, long now) {
        this.handler = handler;
        this.quietUntil = now;
    }

    /** An attempt failed, which is not settled yet. The same as {@link #failed} after that. */
    synchronized boolean failing(HoldPolicy policy, long now) {
        open++;
        openedAt = now;
        return doubtful(policy, now);
    }

    /** It was not settled, as its lease was lost. */
    synchronized void refused() {
        open = Math.max(0, open - 1);
    }

    /** @return whether it may have to be held, as far as can be told here */
    synchronized boolean failed(HoldPolicy policy, long now) {
        open = Math.max(0, open - 1);
        failed++;
        return doubtful(policy, now);
    }

    /** Whether it may have to be held, as far as can be told here. */
    synchronized boolean doubtful(HoldPolicy policy, long now) {
        if (now - openedAt > SETTLED_WITHIN.toNanos()) {
            open = 0;
        }
        return now - quietUntil >= 0 && known + failed - counted + open >= policy.after();
    }

    /** @return whether the store is to hear of it */
    synchronized boolean succeeded(HoldPolicy policy, Instant began, Instant ended, boolean held, long now) {
        // Failures before a success do not count.
        counted = failed;
        known = 0;
        quietUntil = now + policy.window().toNanos();
        succeeded = later(succeeded, ended);
        started = later(started, began);
        Duration lateness = policy.window().dividedBy(LATENESS);
        lateness = lateness.compareTo(LEAST_LATENESS) < 0 ? LEAST_LATENESS : lateness;
        lateness = lateness.compareTo(MOST_LATENESS) > 0 ? MOST_LATENESS : lateness;
        return held || toldAt == null || now - toldAt >= lateness.toNanos();
    }

    /** What the store is to hear. */
    synchronized HandlerStore.Outcomes outcomes() {
        return new HandlerStore.Outcomes(
                handler, counted, failed, Optional.ofNullable(succeeded), Optional.ofNullable(started));
    }

    /**
     * @param policy as it is known here, or null
     * @param sent what this answers
     */
    synchronized void counted(HoldPolicy policy, HandlerStore.Outcomes sent, HandlerStore.Counted answer, long now) {
        counted = Math.max(counted, sent.failed());
        known = answer.failed();
        // As many as the policy says, and not held nevertheless: it was changed, or as many are held as may be.
        boolean refused = answer.held().isEmpty() && policy != null && answer.failed() >= policy.after();
        quietUntil = now
                + (refused
                        ? Math.max(REST.toNanos(), answer.quiet().toNanos())
                        : answer.quiet().toNanos());
        if (sent.succeeded().isPresent()) {
            toldAt = now;
        }
        if (sent.succeeded().equals(Optional.ofNullable(succeeded))) {
            succeeded = null;
            started = null;
        }
    }

    /** The store does not answer: nothing waits for it for a while. */
    synchronized void unanswered(Duration rest, long now) {
        quietUntil = Math.max(quietUntil - now, rest.toNanos()) + now;
    }

    /** Whether there is something that the store has not heard. */
    synchronized boolean hasNews() {
        return failed > counted || succeeded != null;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }
}
