package io.mainstay.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    Explanation.Waiting waiting(List<TwinJob> running) {
        Optional<WaitReason> limit = limit();
        return new Explanation.Waiting(
                limit, blockers(limit.orElse(null), running), limit.isPresent() ? Optional.empty() : busiest(running));
    }

    private List<Explanation.Blocker> blockers(WaitReason limit, List<TwinJob> running) {
        return blocking(limit, running).stream()
                .map(TwinJob::standing)
                .sorted(Comparator.comparing(Explanation.Blocker::since).thenComparing(Explanation.Blocker::id))
                .limit(5)
                .toList();
    }

    private List<TwinJob> blocking(WaitReason limit, List<TwinJob> running) {
        if (limit == WaitReason.CONCURRENCY) {
            return running;
        }
        if (limit != WaitReason.GROUP_ORDER && limit != WaitReason.GROUP_CONCURRENCY) {
            return List.of();
        }
        List<TwinJob> holders = lines.slotHolders(TwinLines.lineOf(job)).stream()
                .filter(holder -> holder != job)
                .toList();
        return holders.isEmpty()
                ? lines.line(TwinLines.lineOf(job)).stream()
                        .filter(TwinJob::isOrdered)
                        .limit(1)
                        .toList()
                : holders;
    }

    private static Optional<Explanation.BusyTarget> busiest(List<TwinJob> running) {
        Map<String, Long> counts = running.stream()
                .filter(each -> each.target() != null)
                .collect(Collectors.groupingBy(TwinJob::target, Collectors.counting()));
        return counts.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(most -> new Explanation.BusyTarget(
                        most.getKey(), most.getValue().intValue(), running.size()));
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
