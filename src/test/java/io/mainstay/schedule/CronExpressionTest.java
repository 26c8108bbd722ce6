package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static final int EXPRESSIONS = 1000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *           | 2026-11-24T02:30:00
            */15 * * * *         | 2026-11-23T13:15:00
            5/15 * * * *         | 2026-11-23T13:05:00
            1-10/3 14 * * *      | 2026-11-23T14:01:00
            0 9 * * MON-FRI      | 2026-11-24T09:00:00
            0 9 * * fri-mon      | 2026-11-27T09:00:00
            0 9 * JAN,jul sun    | 2027-01-03T09:00:00
            0 0 * * 0            | 2026-11-29T00:00:00
            0 0 * * 7            | 2026-11-29T00:00:00
            0 0 13 * FRI         | 2026-11-27T00:00:00
            0 0 29 2 *           | 2028-02-29T00:00:00
            0 0 L * *            | 2026-11-30T00:00:00
            0 0 * * 5L           | 2026-11-27T00:00:00
            0 0 * * 1#1          | 2026-12-07T00:00:00
            */20 * * * * *       | 2026-11-23T13:00:20
            15 30 2 * * *        | 2026-11-24T02:30:15
            @hourly              | 2026-11-23T14:00:00
            @daily               | 2026-11-24T00:00:00
            @Daily               | 2026-11-24T00:00:00
            @midnight            | 2026-11-24T00:00:00
            @weekly              | 2026-11-29T00:00:00
            @monthly             | 2026-12-01T00:00:00
            @yearly              | 2027-01-01T00:00:00
            @annually            | 2027-01-01T00:00:00
            """)
    void nextMatchAfterAMondayAtOne(String cron, LocalDateTime next) {
        assertThat(CronExpression.parse(cron).after(LocalDateTime.parse("2026-11-23T13:00:00")))
                .contains(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "* * * * MUN",
                "5-2 * * * *",
                "a b c d e",
                "1,,2 * * * *",
                "@reboot",
                "@every 5m",
                "@wee\u212aly",
                "* * * * *; rm",
                "60 * * * * *",
                "-1 * * * *",
                "${x} * * * *",
                "1e1 * * * *",
                "+5 * * * *",
                "*,5 * * * *",
                "*/60 * * * *",
                "* */24 * * *",
                "* * *,L * *",
                "* * L-0 * *",
                "* * L-31 * *",
                "* * 1-L * *",
                "* * L/2 * *",
                "* * LW * *",
                "* * 15W * *",
                "* * ? * *",
                "* * * NOV-FEB *",
                "* * * * L",
                "* * * * 1#0",
                "* * * * 1#6",
                "* * * * 1#2/2",
                "* * * * 1-5#2",
                "* * * * 1-5L",
                "* * * * #1",
                "* * * * */7",
                "* * * * fr\u0131",
                "\u0661 * * * *",
                "* * * * 1/0",
                "* * * 0 *",
                "005 * * * *",
                ", * * * *"
            })
    void whatIsNoExpressionIsRefusedByName(String cron) {
        assertThatThrownBy(() -> CronExpression.parse(cron))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("cron"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"})
    void dateThatDoesNotExistNeverComes(String cron) {
        CronExpression never = CronExpression.parse(cron);
        assertThat(never.after(LocalDateTime.parse("2026-11-23T13:00:00"))).isEmpty();
        assertThat(never.before(LocalDateTime.parse("2026-11-23T13:00:00"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'* * * * *', true", "'5 * * * MON', true", "@hourly, true", "'0 0-23 * * *', false", "@daily, false"})
    void onlyAStarIsEveryHour(String cron, boolean everyHour) {
        assertThat(CronExpression.parse(cron).everyHour()).isEqualTo(everyHour);
    }

    @Test
    void matchesAreThoseOfACalendar() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < EXPRESSIONS; i++) {
            Field minutes = Field.any(random, 0, 59);
            Field hours = Field.any(random, 0, 23);
            Field days = random.nextBoolean() ? Field.star(1, 31) : Field.any(random, 1, 31);
            Field months = random.nextBoolean() ? Field.star(1, 12) : Field.any(random, 1, 12);
            Field weekdays = random.nextBoolean() ? Field.star(0, 6) : Field.any(random, 0, 6);
            LocalDateTime start = LocalDateTime.of(
                    2000 + random.nextInt(40), 1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24), 7);
            String cron = String.join(" ", minutes.text, hours.text, days.text, months.text, weekdays.text);

            Optional<LocalDateTime> next = CronExpression.parse(cron).after(start);

            assertThat(next)
                    .as("%s after %s, seed %d", cron, start, seed)
                    .isEqualTo(byCalendar(minutes, hours, days, months, weekdays, start));
            next.ifPresent(time -> assertThat(CronExpression.parse(cron).before(time.plusSeconds(1)))
                    .as("%s before, seed %d", cron, seed)
                    .contains(time));
        }
    }

    private static Optional<LocalDateTime> byCalendar(
            Field minutes, Field hours, Field days, Field months, Field weekdays, LocalDateTime start) {
        LocalDate last = start.toLocalDate().plusYears(9);
        for (LocalDate day = start.toLocalDate(); day.isBefore(last); day = day.plusDays(1)) {
            boolean date = days.values.get(day.getDayOfMonth());
            boolean weekday = weekdays.values.get(day.getDayOfWeek().getValue() % 7);
            boolean matches = days.star || weekdays.star ? date && weekday : date || weekday;
            if (!matches || !months.values.get(day.getMonthValue())) {
                continue;
            }
            for (int minute = 0; minute < 24 * 60; minute++) {
                LocalDateTime time = day.atTime(minute / 60, minute % 60);
                if (hours.values.get(minute / 60) && minutes.values.get(minute % 60) && time.isAfter(start)) {
                    return Optional.of(time);
                }
            }
        }
        return Optional.empty();
    }

    /** One field of an expression, and what it stands for. */
    private record Field(String text, BitSet values, boolean star) {

        static Field star(int least, int most) {
            BitSet values = new BitSet();
            values.set(least, most + 1);
            return new Field("*", values, true);
        }

        static Field any(Random random, int least, int most) {
            BitSet values = new BitSet();
            int from = least + random.nextInt(most - least + 1);
            int to = from + random.nextInt(most - from + 1);
            int step = 2 + random.nextInt(5);
            switch (random.nextInt(5)) {
                case 0 -> {
                    values.set(from);
                    return new Field(Integer.toString(from), values, false);
                }
                case 1 -> {
                    values.set(from, to + 1);
                    return new Field(from + "-" + to, values, false);
                }
                case 2 -> {
                    for (int i = from; i <= to; i += step) {
                        values.set(i);
                    }
                    return new Field(from + "-" + to + "/" + step, values, false);
                }
                case 3 -> {
                    for (int i = least; i <= most; i += step) {
                        values.set(i);
                    }
                    return new Field("*/" + step, values, false);
                }
                default -> {
                    values.set(from);
                    values.set(to);
                    return new Field(from + "," + to, values, false);
                }
            }
        }
    }
}
