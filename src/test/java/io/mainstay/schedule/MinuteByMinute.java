package io.mainstay.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The naive twin of {@link Recurrence}: looks at the clock on the wall every minute and writes down when it says what
 * the expression says. Knows of offsets and transitions nothing.
 */
final class MinuteByMinute {

    /** An expression and what it means, said in another way. */
    record Expression(String cron, Predicate<LocalDateTime> matches) {

        /** Null stands for any. */
        static Expression of(
                String cron, Set<Integer> minutes, Set<Integer> hours, Set<Integer> days, DayOfWeek weekday) {
            return new Expression(
                    cron,
                    time -> (minutes == null || minutes.contains(time.getMinute()))
                            && (hours == null || hours.contains(time.getHour()))
                            && (days == null || days.contains(time.getDayOfMonth()))
                            && (weekday == null || weekday == time.getDayOfWeek()));
        }

        @Override
        public String toString() {
            return cron;
        }
    }

    private MinuteByMinute() {}

    /** Runs in [from, to), both whole minutes. */
    static List<Instant> runs(
            Expression expression, ZoneId zone, Timing.Gap gap, Timing.Overlap overlap, Instant from, Instant to) {
        TreeSet<Instant> runs = new TreeSet<>();
        // What the clock has shown: it begins early, so that a time shown the second time is known as such.
        Set<LocalDateTime> shown = new HashSet<>();
        LocalDateTime before = null;
        Duration early = Duration.between(from, to).dividedBy(2);
        for (Instant minute = from.minus(early); minute.isBefore(to); minute = minute.plusSeconds(60)) {
            LocalDateTime wall = LocalDateTime.ofInstant(minute, zone);
            boolean again = !shown.add(wall);
            if (!minute.isBefore(from)) {
                if (expression.matches().test(wall) && !(again && overlap == Timing.Overlap.FIRST)) {
                    runs.add(minute);
                }
                if (gap == Timing.Gap.SHIFT && leftOut(before, wall).stream().anyMatch(expression.matches())) {
                    runs.add(minute);
                }
            }
            before = wall;
        }
        return List.copyOf(runs);
    }

    /** The minutes that the clock never showed between two looks. */
    private static List<LocalDateTime> leftOut(LocalDateTime before, LocalDateTime now) {
        List<LocalDateTime> minutes = new ArrayList<>();
        for (LocalDateTime minute = before.plusMinutes(1); minute.isBefore(now); minute = minute.plusMinutes(1)) {
            minutes.add(minute);
        }
        return minutes;
    }
}
