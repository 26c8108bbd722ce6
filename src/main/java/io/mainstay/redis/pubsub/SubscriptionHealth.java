package io.mainstay.redis.pubsub;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What is known of one generation of the subscription. A canary is a numbered message of this instance to itself that
 * goes the way of every hint: published over the command links, back on the subscription.
 *
 * <p>Invariant: <i>proof decides what is believed, blame decides what is torn down.</i> A canary that came back proves
 * that hints arrive. Without a proof younger than one and a half intervals nothing is believed, whoever is at
 * fault. But silence is held against the subscription only if
 *
 * <ul>
 *   <li>Redis acknowledged a canary that should long be back: messages get lost, or go to another node; or
 *   <li>its own connection owes an echo: the packets of that connection vanish.
 * </ul>
 *
 * A canary that could not be published (Redis away, command links down, not permitted) blames nothing: the echo alone
 * then decides. So a subscription is not thrown away for the troubles of others, and a dead one is found even if
 * nothing can be published.
 *
 * <p>Where a command link was lost, the way to the store has troubles, and the subscription takes the same way. So nothing is believed
 * from then on until the next canary is back, and the echo is asked for at once.
 *
 * <p>Times are those of {@link System#nanoTime()}, given from outside. Not thread-safe.
 */
final class SubscriptionHealth {

    enum Verdict {
        /** None is back yet, and none is late. */
        UNPROVEN,
        PROVEN,
        /** The proof is too old to be believed; nobody is blamed. */
        LATE,
        /** Redis took a canary and did not deliver it. */
        LOST,
        /** The connection is silent altogether. */
        NO_ECHO
    }

    /** What a message may need from its acknowledgement to its arrival, in parts of an interval. */
    private static final double TRAVEL = 0.5;

    /** Longer than from one canary to the next: where those come back, nobody asks. With the time for an answer two intervals. */
    private static final double ECHO_AFTER = 1.2;

    private static final double ECHO_WITHIN = 0.8;
    private static final double LATE_AFTER = 1.5;
    private static final double GONE_AFTER = 2.5;
    private static final long SHORT_LIFE = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private final long openedAt;
    private long lastProof;
    private boolean proven;
    private long newestBack;
    private long lastSent;
    private boolean owed;
    private long owedSince;
    private boolean echoOwed;
    private long echoAskedAt;
    private long lastHeard;
    private boolean doubted;

    /** @param now when the subscription was acknowledged */
    SubscriptionHealth(Duration interval, long now) {
        this.interval = interval.toNanos();
        this.openedAt = now;
        this.lastProof = now;
        this.lastHeard = now;
    }

    /** A canary is on its way to Redis. */
    void sent(long now) {
        lastSent = now;
    }

    /** Redis acknowledged it. It may be back already: the two travel on different connections. */
    void acknowledged(long number, long now) {
        if (number > newestBack && !owed) {
            owed = true;
            owedSince = now;
        }
    }

    /** @return since the latest was sent */
    Duration back(long number, long now) {
        lastProof = now;
        proven = true;
        newestBack = Math.max(newestBack, number);
        owed = false;
        doubted = false;
        return Duration.ofNanos(now - lastSent);
    }

    /**
     * Something else than its silence speaks against it: an echo is due.
     *
     * @return false if it was doubted already
     */
    boolean doubt(long now) {
        if (doubted) {
            return false;
        }
        doubted = true;
        lastHeard = now - (long) (ECHO_AFTER * interval);
        return true;
    }

    /** @return whether to ask for an echo now: nothing was heard for a while, and none is owed */
    boolean askForEcho(long now) {
        if (echoOwed || now - lastHeard < ECHO_AFTER * interval) {
            return false;
        }
        echoOwed = true;
        echoAskedAt = now;
        return true;
    }

    /** Anything came in on the connection: as good as an echo. */
    void heard(long now) {
        lastHeard = now;
        echoOwed = false;
    }

    /** Whether it is replaced at once when it ends; else killing it in a loop would make a storm. */
    boolean stable(long now) {
        return proven && now - openedAt >= SHORT_LIFE;
    }

    Verdict judge(long now) {
        if (echoOwed && now - echoAskedAt >= ECHO_WITHIN * interval) {
            return Verdict.NO_ECHO;
        }
        long silence = now - lastProof;
        if (silence >= GONE_AFTER * interval && owed && now - owedSince >= TRAVEL * interval) {
            return Verdict.LOST;
        }
        if (doubted || silence >= LATE_AFTER * interval) {
            return Verdict.LATE;
        }
        return proven ? Verdict.PROVEN : Verdict.UNPROVEN;
    }
}
