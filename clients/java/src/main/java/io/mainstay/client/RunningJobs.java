package io.mainstay.client;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The leases that a worker holds: of attempts that run, or whose report is on its way. Thread-safe. */
final class RunningJobs {

    private static final Logger LOG = System.getLogger(RunningJobs.class.getName());

    private final Map<String, Attempt> byToken = new ConcurrentHashMap<>();
    private final Duration lease;

    RunningJobs(Duration lease) {
        this.lease = lease;
    }

    /** @return false if it is there already */
    boolean add(Attempt attempt) {
        return byToken.putIfAbsent(attempt.token(), attempt) == null;
    }

    void remove(Attempt attempt) {
        byToken.remove(attempt.token());
    }

    Collection<Attempt> all() {
        return byToken.values();
    }

    /**
     * Takes in the answer to an extend call.
     *
     * @param sentAt when it was sent: the lease was made longer no earlier
     */
    void extended(JsonValue answer, long sentAt, long receivedAt) {
        for (JsonValue entry : answer.get("leases").items()) {
            Attempt attempt = byToken.get(entry.get("token").asString(""));
            if (attempt != null) {
                extended(attempt, entry, sentAt, receivedAt);
            }
        }
    }

    private void extended(Attempt attempt, JsonValue entry, long sentAt, long receivedAt) {
        String status = entry.get("status").asString("");
        switch (status) {
            case "held" -> {
                // After a wait what remains was right when the answer was made; the length counts from when the request
                // came.
                long remaining =
                        Duration.ofMillis(entry.get("remaining").asLong()).toNanos();
                attempt.extended(sentAt + Math.min(lease.toNanos(), receivedAt - sentAt + remaining), entry);
            }
            case "cancelled" -> stop(attempt, StopReason.CANCELLED);
            case "timed-out" -> stop(attempt, StopReason.TIMED_OUT);
            case "lost" -> stop(attempt, StopReason.LOST);
            // If that stays so, the lease ends.
            case "invalid" ->
                LOG.log(Logger.Level.WARNING, "lease of {0} is not extended: {1}", attempt.job(), entry.get("problem"));
            default -> LOG.log(Logger.Level.DEBUG, "lease of {0} was not extended: {1}", attempt.job(), status);
        }
    }

    /** Stops those whose leases are over. */
    void stopOver(long now) {
        for (Attempt attempt : byToken.values()) {
            if (attempt.leaseOver(now)) {
                attempt.stopIfOver(now);
                byToken.remove(attempt.token());
            }
        }
    }

    private void stop(Attempt attempt, StopReason why) {
        attempt.stop(why);
        byToken.remove(attempt.token());
    }
}
