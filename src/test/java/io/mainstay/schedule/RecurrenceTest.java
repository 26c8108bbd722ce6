package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    private static final Instant FROM = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2038-01-01T00:00:00Z");
    /** Before and after what a change leaves out or has twice. */
    private static final Duration AROUND = Duration.ofHours(3);

    private static final List<MinuteByMinute.Expression> EXPRESSIONS = List.of(
            MinuteByMinute.Expression.of("30 2 * * *", Set.of(30), Set.of(2), null, null),
            MinuteByMinute.Expression.of("*/20 * * * *", Set.of(0, 20, 40), null, null, null),
            MinuteByMinute.Expression.of("10,59 0-3 * * *", Set.of(10, 59), Set.of(0, 1, 2, 3), null, null),
            MinuteByMinute.Expression.of("0 0 * * *", Set.of(0), Set.of(0), null, null),
            MinuteByMinute.Expression.of("0 1-23/2 * * SUN", Set.of(0), odd(), null, DayOfWeek.SUNDAY),
            MinuteByMinute.Expression.of("45 23 1,31 * *", Set.of(45), Set.of(23), Set.of(1, 31), null));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Africa/Cairo",
                "Africa/Casablanca",
                "Africa/Juba",
                "America/Asuncion",
                "America/Caracas",
                "America/Havana",
                "America/Los_Angeles",
                "America/New_York",
                "America/Santiago",
                "America/Sao_Paulo",
                "America/St_Johns",
                "Antarctica/Troll",
                "Asia/Gaza",
                "Asia/Pyongyang",
                "Asia/Tehran",
                "Atlantic/Azores",
                "Australia/Lord_Howe",
                "Australia/Sydney",
                "Europe/Berlin",
                "Europe/Dublin",
                "Europe/Istanbul",
                "Europe/London",
                "Europe/Moscow",
                "Pacific/Apia",
                "Pacific/Auckland",
                "Pacific/Chatham",
                "Pacific/Kwajalein"
            })
    void runsAroundEveryChangeOfAZonesClocksAreThoseOnTheWall(String name) {
        ZoneId zone = ZoneId.of(name);
        List<ZoneOffsetTransition> changes = changes(zone);
        assertThat(changes).isNotEmpty();
        for (MinuteByMinute.Expression expression : EXPRESSIONS) {
            CronExpression cron = CronExpression.parse(expression.cron());
            for (Timing.Gap gap : Timing.Gap.values()) {
                for (Timing.Overlap overlap : Timing.Overlap.values()) {
                    Recurrence recurrence = new Recurrence(cron, new Timing(expression.cron(), zone, gap, overlap));
                    for (ZoneOffsetTransition change : changes) {
                        Duration around = AROUND.plus(change.getDuration().abs());
                        Instant from = change.getInstant().minus(around);
                        Instant to = change.getInstant().plus(around);
                        List<Instant> wall = MinuteByMinute.runs(expression, zone, gap, overlap, from, to);
                        String what = "%s around %s, %s, %s".formatted(expression, change, gap, overlap);
                        assertThat(forwards(recurrence, from, to)).as(what).isEqualTo(wall);
                        assertThat(backwards(recurrence, from, to))
                                .as(what + ", backwards")
                                .isEqualTo(wall);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *   | shift | first | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z
            30 2 * * *   | skip  | first | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z
            30 2 * * *   | shift | first | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z
            30 2 * * *   | shift | first | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
            30 2 * * *   | shift | both  | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z
            15 30 2 * * * | shift | both | 2026-10-25T00:30:15Z | 2026-10-25T01:30:15Z
            15 30 2 * * * | shift | both | 2026-10-25T00:30:15.5Z | 2026-10-25T01:30:15Z
            15 30 2 * * * | shift | both | 2026-10-25T01:30:14.9Z | 2026-10-25T01:30:15Z
            0 0 29 2 *   | shift | first | 2026-01-01T00:00:00Z | 2028-02-28T23:00:00Z
            0 0 29 2 MON | shift | first | 2026-01-01T00:00:00Z | 2026-02-01T23:00:00Z
            """)
    void nextRunInBerlin(String cron, String gap, String overlap, Instant start, Instant next) {
        Timing timing = new Timing(
                cron, ZoneId.of("Europe/Berlin"), Timing.Gap.ofWireName(gap), Timing.Overlap.ofWireName(overlap));
        assertThat(Recurrence.of(timing).after(start)).contains(next);
    }

    @Test
    void latestRunMayBeNow() {
        Timing timing = new Timing("0 12 * * *", ZoneId.of("UTC"), Timing.Gap.SHIFT, Timing.Overlap.FIRST);
        Recurrence noon = Recurrence.of(timing);
        Instant twelve = Instant.parse("2026-05-06T12:00:00Z");

        assertThat(noon.upTo(twelve)).contains(twelve);
        assertThat(noon.upTo(twelve.plusMillis(500))).contains(twelve);
        assertThat(noon.upTo(twelve.minusNanos(1))).contains(twelve.minus(1, ChronoUnit.DAYS));
        assertThat(noon.after(twelve)).contains(twelve.plus(1, ChronoUnit.DAYS));
        assertThat(noon.after(twelve.minusNanos(1))).contains(twelve);
    }

    private static List<Instant> forwards(Recurrence recurrence, Instant from, Instant to) {
        List<Instant> runs = new ArrayList<>();
        Optional<Instant> run = recurrence.after(from.minusNanos(1));
        while (run.isPresent() && run.get().isBefore(to)) {
            runs.add(run.get());
            run = recurrence.after(run.get());
        }
        return runs;
    }

    private static List<Instant> backwards(Recurrence recurrence, Instant from, Instant to) {
        List<Instant> runs = new ArrayList<>();
        Optional<Instant> run = recurrence.upTo(to.minusNanos(1));
        while (run.isPresent() && !run.get().isBefore(from)) {
            runs.add(0, run.get());
            run = recurrence.upTo(run.get().minusNanos(1));
        }
        return runs;
    }

    private static List<ZoneOffsetTransition> changes(ZoneId zone) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition change = zone.getRules().nextTransition(FROM);
        while (change != null && change.getInstant().isBefore(TO)) {
            changes.add(change);
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return changes;
    }

    private static Set<Integer> odd() {
        return IntStream.iterate(1, hour -> hour < 24, hour -> hour + 2).boxed().collect(Collectors.toSet());
    }
}
