package io.mainstay.schedule;

import io.mainstay.job.InvalidValueException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A cron expression of five fields, six with seconds in front, or one of {@code @yearly … @hourly}, as a clock on a wall
 * meets it: in local time, of no zone. What the changes of a zone's clocks do to it is {@link Recurrence}'s part.
 *
 * <p>Read and worked out here: the library that did it before ran about one in eight expressions that it accepted on other days than
 * they name. What cannot be read to the letter is refused. Immutable.
 */
final class CronExpression {

    static final int LONGEST = 128;
    private static final int FIELDS = 5;
    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private final CronTimes times;
    private final CronDays days;

    private CronExpression(CronTimes times, CronDays days) {
        this.times = times;
        this.days = days;
    }

    /** @throws InvalidValueException if it is none; the message says what is wrong with it */
    static CronExpression parse(String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw new InvalidValueException("cron", text, "5 or 6 fields, at most " + LONGEST + " characters");
        }
        try {
            String stripped = text.strip();
            // Some letters outside of ASCII become ones of ASCII in another case.
            if (stripped.chars().anyMatch(c -> c > '~')) {
                throw new IllegalArgumentException("it cannot be read");
            }
            return read(stripped.startsWith("@") ? ofNickname(stripped) : stripped);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("cron", text, "5 or 6 fields of cron (" + e.getMessage() + ")");
        }
    }

    private static String ofNickname(String text) {
        String fields = NICKNAMES.get(text.toLowerCase(Locale.ROOT));
        if (fields == null) {
            throw new IllegalArgumentException("nicknames are " + String.join(", ", new TreeSet<>(NICKNAMES.keySet())));
        }
        return fields;
    }

    private static CronExpression read(String text) {
        String[] fields = text.toUpperCase(Locale.ROOT).split("\\s+");
        int first = fields.length - FIELDS;
        if (first < 0 || first > 1) {
            throw new IllegalArgumentException(fields.length + " fields");
        }
        return new CronExpression(
                new CronTimes(
                        CronField.parse(CronUnit.SECOND, first == 0 ? "0" : fields[0]),
                        CronField.parse(CronUnit.MINUTE, fields[first]),
                        CronField.parse(CronUnit.HOUR, fields[first + 1])),
                new CronDays(fields[first + 2], fields[first + 3], fields[first + 4]));
    }

    /** Whether the field of hours is {@code *}: then it is a matter of intervals, not of times of day. */
    boolean everyHour() {
        return times.hours().every();
    }

    /** What happens every hour goes by elapsed time; what has an hour is to happen once on its day. */
    Timing timing(String written, ZoneId zone, Optional<Timing.Gap> gap, Optional<Timing.Overlap> overlap) {
        return new Timing(
                written,
                zone,
                gap.orElse(everyHour() ? Timing.Gap.SKIP : Timing.Gap.SHIFT),
                overlap.orElse(everyHour() ? Timing.Overlap.BOTH : Timing.Overlap.FIRST));
    }

    /** The first match after {@code time}; empty if there is none. */
    Optional<LocalDateTime> after(LocalDateTime time) {
        LocalDateTime from = time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        LocalDate day = from.toLocalDate();
        int today = days.has(day) ? times.atOrAfter(from.toLocalTime().toSecondOfDay()) : -1;
        return today >= 0 ? Optional.of(at(day, today)) : days.after(day).map(next -> at(next, times.atOrAfter(0)));
    }

    /** The last match before {@code time}; empty if there is none. */
    Optional<LocalDateTime> before(LocalDateTime time) {
        LocalDateTime until = time.minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
        LocalDate day = until.toLocalDate();
        int today = days.has(day) ? times.atOrBefore(until.toLocalTime().toSecondOfDay()) : -1;
        return today >= 0
                ? Optional.of(at(day, today))
                : days.before(day).map(last -> at(last, times.atOrBefore(CronTimes.LAST)));
    }

    private static LocalDateTime at(LocalDate day, int secondOfDay) {
        return day.atTime(LocalTime.ofSecondOfDay(secondOfDay));
    }
}
