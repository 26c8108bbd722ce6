package io.mainstay.jobtype;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How far this instance is with trying one job of a handler that is held: it knows of queues that have some, asks for the
 * right to try, has it, and claims. Thread-safe.
 */
final class Probe {

    /** A right that is not used by then goes to others. */
    static final Duration USE_WITHIN = Duration.ofSeconds(10);

    private static final int MOST_QUEUES = 20;

    /** Those that have jobs to try, as was heard. */
    private final Set<QueueName> queues = new LinkedHashSet<>();
    /** Under which it has the right; null if it has not. */
    private String token;

    private long grantedAt;
    /** Whether a claim is under way. */
    private boolean claiming;
    /** Before that time there is no use in asking for it. */
    private long askAt;

    Probe(long now) {
        askAt = now;
    }

    /** A queue has jobs of it; whether they can be tried now. */
    synchronized boolean heardOf(QueueName queue) {
        if (queues.size() < MOST_QUEUES) {
            queues.add(queue);
        }
        return token != null && !claiming;
    }

    /** Whether to ask for the right. */
    synchronized boolean wanted(long now) {
        return token == null && !queues.isEmpty() && now - askAt >= 0;
    }

    /** @param wait before there is use in asking again; zero: it was given */
    synchronized void answered(String asked, Duration wait, long now) {
        if (wait.isZero()) {
            token = asked;
            grantedAt = now;
        } else {
            askAt = now + wait.toNanos();
        }
    }

    /** Whether a claim from that queue is to bring the job. */
    synchronized boolean begin(QueueName queue) {
        if (token == null || claiming || !queues.contains(queue)) {
            return false;
        }
        claiming = true;
        return true;
    }

    /** @param found whether it brought one */
    synchronized void ended(QueueName queue, boolean found) {
        claiming = false;
        if (found) {
            token = null;
            queues.clear();
        } else {
            queues.remove(queue);
        }
    }

    /** The right, if it has been there for too long, or no queue is left; it is to be given back. */
    synchronized Optional<String> unused(long now) {
        boolean over = token != null && !claiming && (queues.isEmpty() || now - grantedAt > USE_WITHIN.toNanos());
        if (!over) {
            return Optional.empty();
        }
        Optional<String> unused = Optional.of(token);
        token = null;
        // Heard of again by the next poll if they have jobs still.
        queues.clear();
        return unused;
    }
}
