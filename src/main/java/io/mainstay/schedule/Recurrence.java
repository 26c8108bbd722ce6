package io.mainstay.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The instants a {@link Timing} means. Between two changes of a zone's clocks local times and instants go side by side,
 * so a search goes from change to change, and asks at each what it leaves out (a gap) or has twice (an overlap). Two
 * local times of one gap are one run: both are due when it ends. Immutable.
 */
final class Recurrence {

    private final CronExpression cron;
    private final ZoneRules rules;
    private final Timing.Gap gap;
    private final Timing.Overlap overlap;

    Recurrence(CronExpression cron, Timing timing) {
        this.cron = cron;
        this.rules = timing.zone().getRules();
        this.gap = timing.gap();
        this.overlap = timing.overlap();
    }

    /** Reads the expression, so it may take a millisecond. */
    static Recurrence of(Timing timing) {
        return new Recurrence(CronExpression.parse(timing.cron()), timing);
    }

    /** The first run after {@code start}; empty if there is none. */
    Optional<Instant> after(Instant start) {
        Instant second = start.truncatedTo(ChronoUnit.SECONDS);
        ZoneOffset offset = rules.getOffset(second);
        ZoneOffsetTransition change = rules.nextTransition(second);
        LocalDateTime from = LocalDateTime.ofInstant(second, offset);
        Optional<LocalDateTime> found = cron.after(from);
        while (found.isPresent()) {
            LocalDateTime local = found.get();
            if (change == null || local.isBefore(change.getDateTimeBefore())) {
                if (runsAt(local, offset)) {
                    return Optional.of(local.toInstant(offset));
                }
                from = local;
                found = cron.after(from);
                continue;
            }
            LocalDateTime begin = change.getDateTimeAfter();
            if (change.isGap() && local.isBefore(begin)) {
                if (gap == Timing.Gap.SHIFT) {
                    return Optional.of(change.getInstant());
                }
                from = begin.minusSeconds(1);
                found = cron.after(from);
            } else if (change.isOverlap() && !from.isBefore(begin)) {
                from = begin.minusSeconds(1);
                found = cron.after(from);
            }
            offset = change.getOffsetAfter();
            change = rules.nextTransition(change.getInstant());
        }
        return Optional.empty();
    }

    /** The last run at or before {@code end}; empty if there is none. The mirror image of {@link #after}. */
    Optional<Instant> upTo(Instant end) {
        Instant second = end.truncatedTo(ChronoUnit.SECONDS);
        ZoneOffset offset = rules.getOffset(second);
        ZoneOffsetTransition change = rules.previousTransition(second.plusSeconds(1));
        LocalDateTime until = LocalDateTime.ofInstant(second, offset).plusSeconds(1);
        Optional<LocalDateTime> found = cron.before(until);
        while (found.isPresent()) {
            LocalDateTime local = found.get();
            if (change == null || !local.isBefore(change.getDateTimeAfter())) {
                if (runsAt(local, offset)) {
                    return Optional.of(local.toInstant(offset));
                }
                until = local;
                found = cron.before(until);
                continue;
            }
            LocalDateTime last = change.getDateTimeBefore();
            if (change.isGap() && !local.isBefore(last)) {
                if (gap == Timing.Gap.SHIFT) {
                    return Optional.of(change.getInstant());
                }
                until = last;
                found = cron.before(until);
            } else if (change.isOverlap() && until.isBefore(last)) {
                until = last;
                found = cron.before(until);
            }
            offset = change.getOffsetBefore();
            change = rules.previousTransition(change.getInstant());
        }
        return Optional.empty();
    }

    /** Whether a local time that is there with this offset runs with it. */
    private boolean runsAt(LocalDateTime local, ZoneOffset offset) {
        return overlap == Timing.Overlap.BOTH
                || rules.getValidOffsets(local).get(0).equals(offset);
    }
}
