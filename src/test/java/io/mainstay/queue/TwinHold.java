package io.mainstay.queue;

import java.time.Instant;
import java.util.Optional;

/** What holds a ready job of the in-memory store. */
final class TwinHold {

    private final TwinLines lines;
    private final TwinJob job;
    private final Instant now;

    TwinHold(TwinLines lines, TwinJob job, Instant now) {
        this.lines = lines;
        this.job = job;
        this.now = now;
    }

    /** How many jobs are before it. */
    long ahead() {
        return lines.line(TwinLines.lineOf(job)).stream()
                .filter(other -> job.isOrdered() ? other.isOrdered() : isOfSameRoute(other))
                .toList()
                .indexOf(job);
    }

    private boolean isOfSameRoute(TwinJob other) {
        return !other.isOrdered() && other.route().equals(job.route());
    }

    Optional<WaitReason> limit() {
        TwinLimits limits = lines.limits();
        String group = TwinLines.lineOf(job);
        if (lines.handlers().isPaused(job)) {
            return Optional.of(WaitReason.HANDLER_PAUSED);
        } else if (limits.allRun()) {
            return Optional.of(WaitReason.CONCURRENCY);
        } else if (limits.rateIsUsedUp(now)) {
            return Optional.of(WaitReason.RATE);
        } else if (group.equals(TwinLines.PLAIN)) {
            return Optional.empty();
        } else if (limits.tokens(group, now) < 1) {
            return Optional.of(WaitReason.GROUP_RATE);
        } else if (job.isOrdered()) {
            boolean waits = ahead() > 0 || lines.busy(group) > 0 && !lines.hasSlot(job);
            return waits ? Optional.of(WaitReason.GROUP_ORDER) : Optional.empty();
        }
        return lines.busy(group) >= limits.get().groupConcurrency().orElse(Integer.MAX_VALUE)
                ? Optional.of(WaitReason.GROUP_CONCURRENCY)
                : Optional.empty();
    }
}
