package io.mainstay.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a schedule would do.
 *
 * @param runs the next
 * @param changes the next two of the zone's clocks, within the next two years
 */
record CronPreview(Timing timing, List<Instant> runs, List<ClockChange> changes) {

    private static final int MOST_CHANGES = 2;
    private static final int MOST_AROUND = 10;
    private static final Duration AHEAD = Duration.ofDays(2 * 366);
    private static final Duration MARGIN = Duration.ofHours(1);

    /** It may take a while where it runs seldom, so not for event loops. */
    static CronPreview of(CronExpression cron, Timing timing, Instant now, int count) {
        Recurrence recurrence = new Recurrence(cron, timing);
        ZoneRules rules = timing.zone().getRules();
        List<ClockChange> changes = Stream.iterate(
                        rules.nextTransition(now),
                        change -> change != null && change.getInstant().isBefore(now.plus(AHEAD)),
                        change -> rules.nextTransition(change.getInstant()))
                .limit(MOST_CHANGES)
                .map(change -> change(change, recurrence))
                .toList();
        return new CronPreview(timing, runs(recurrence, now).limit(count).toList(), changes);
    }

    private static ClockChange change(ZoneOffsetTransition change, Recurrence recurrence) {
        Duration around = change.getDuration().abs().plus(MARGIN);
        Instant end = change.getInstant().plus(around);
        List<Instant> runs = runs(recurrence, change.getInstant().minus(around))
                .takeWhile(run -> !run.isAfter(end))
                .limit(MOST_AROUND)
                .toList();
        return new ClockChange(change.getInstant(), change.getDateTimeBefore(), change.getDateTimeAfter(), runs);
    }

    private static Stream<Instant> runs(Recurrence recurrence, Instant from) {
        return Stream.iterate(recurrence.after(from), Optional::isPresent, run -> recurrence.after(run.get()))
                .map(Optional::get);
    }
}
