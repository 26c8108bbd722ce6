package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.InvalidValueException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is accepted means what it says: every expression against its {@link DayByDay naive twin}, for five years. */
class CronOverYearsTest {

    private static final int EXPRESSIONS = Integer.getInteger("mainstay.cron.expressions", 1000);
    private static final long SEED = Long.getLong("mainstay.cron.seed", 11);
    private static final int YEARS = 5;
    private static final int STARTS = 50;
    private static final int SECONDS_A_DAY = 24 * 60 * 60;

    @Test
    void randomExpressionsMatchTheDaysAndTimesThatTheyName() {
        Random random = new Random(SEED);
        CronTexts texts = new CronTexts(random);
        for (int i = 0; i < EXPRESSIONS; i++) {
            check(texts.next(), random);
        }
    }

    @Test
    void spoiltExpressionsAreRefusedOrMatchWhatTheyName() {
        Random random = new Random(SEED);
        CronTexts texts = new CronTexts(random);
        int refused = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = texts.spoilt();
            try {
                CronExpression.parse(text);
            } catch (InvalidValueException e) {
                refused++;
                continue;
            }
            check(text, random);
        }
        assertThat(refused).isBetween(EXPRESSIONS / 3, EXPRESSIONS - EXPRESSIONS / 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 9 15,L * *     | 2026-11-30 2026-12-15 2026-12-31
            0 9 L,15 * *     | 2026-11-30 2026-12-15 2026-12-31
            0 9 1,L * *      | 2026-11-30 2026-12-01 2026-12-31
            0 9 1-2,L * *    | 2026-11-30 2026-12-01 2026-12-02
            0 9 L,L-1 * *    | 2026-11-29 2026-11-30 2026-12-30
            0 9 L * MON      | 2026-11-30 2026-12-07 2026-12-14
            0 9 * * 1/2      | 2026-11-25 2026-11-27 2026-11-30
            0 9 * * 1-7/2    | 2026-11-25 2026-11-27 2026-11-29
            0 9 * * SUN/3    | 2026-11-25 2026-11-28 2026-11-29
            0 9 * * FRI-MON/2 | 2026-11-27 2026-11-29 2026-12-04
            0 9 * * 1-2,5#2  | 2026-11-24 2026-11-30 2026-12-01
            0 9 */1 * MON    | 2026-11-30 2026-12-07 2026-12-14
            0 9 1-31 * MON   | 2026-11-24 2026-11-25 2026-11-26
            0 9 * 2 1#5      | 2044-02-29 2072-02-29 2112-02-29
            """)
    void daysAfterAMondayAreThese(String cron, String days) {
        CronExpression expression = CronExpression.parse(cron);
        LocalDateTime time = LocalDateTime.parse("2026-11-23T13:00:00");
        for (String day : days.split(" ")) {
            time = expression.after(time).orElseThrow();
            assertThat(time).as(cron).isEqualTo(LocalDate.parse(day).atTime(9, 0));
        }
    }

    private static void check(String cron, Random random) {
        CronExpression expression = CronExpression.parse(cron);
        DayByDay naive = new DayByDay(cron);
        LocalDate begin = LocalDate.of(1995 + random.nextInt(60), 1 + random.nextInt(12), 1 + random.nextInt(28));
        LocalDate end = begin.plusYears(YEARS);
        List<LocalDate> days = new ArrayList<>();
        for (LocalDate day = begin; day.isBefore(end); day = day.plusDays(1)) {
            if (naive.matches(day)) {
                days.add(day);
            }
        }
        String what = "%s from %s, seed %d".formatted(cron, begin, SEED);
        assertThat(daysAhead(expression, begin, end)).as(what).isEqualTo(days);
        assertThat(daysBack(expression, begin, end)).as(what + ", backwards").isEqualTo(days);
        if (!days.isEmpty()) {
            BitSet times = naive.times();
            LocalDate day = days.get(random.nextInt(days.size()));
            for (int i = 0; i < STARTS; i++) {
                checkTimes(expression, times, day, random.nextInt(SECONDS_A_DAY), what);
            }
        }
    }

    /** The days of all matches, found by skipping the rest of each day. */
    private static List<LocalDate> daysAhead(CronExpression expression, LocalDate begin, LocalDate end) {
        List<LocalDate> days = new ArrayList<>();
        Optional<LocalDateTime> next = expression.after(begin.atStartOfDay().minusNanos(1));
        while (next.isPresent() && next.get().toLocalDate().isBefore(end)) {
            days.add(next.get().toLocalDate());
            next = expression.after(next.get().toLocalDate().atTime(LocalTime.MAX));
        }
        return days;
    }

    private static List<LocalDate> daysBack(CronExpression expression, LocalDate begin, LocalDate end) {
        List<LocalDate> days = new ArrayList<>();
        Optional<LocalDateTime> last = expression.before(end.atStartOfDay());
        while (last.isPresent() && !last.get().toLocalDate().isBefore(begin)) {
            days.add(last.get().toLocalDate());
            last = expression.before(last.get().toLocalDate().atStartOfDay());
        }
        Collections.reverse(days);
        return days;
    }

    /** The next match on that day, and the last one. */
    private static void checkTimes(CronExpression expression, BitSet times, LocalDate day, int start, String what) {
        LocalDateTime time = at(day, start);
        int next = times.nextSetBit(start + 1);
        int last = start == 0 ? -1 : times.previousSetBit(start - 1);
        if (next >= 0) {
            assertThat(expression.after(time)).as(what + " after " + time).contains(at(day, next));
        }
        if (last >= 0) {
            assertThat(expression.before(time)).as(what + " before " + time).contains(at(day, last));
        }
    }

    private static LocalDateTime at(LocalDate day, int second) {
        return day.atTime(LocalTime.ofSecondOfDay(second));
    }
}
