package io.mainstay.schedule;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The days that the three fields of days and months match. What depends on the month, such as its last day or its
 * second Monday, is looked up month by month. Immutable.
 */
final class CronDays {

    private static final Pattern FROM_THE_END = Pattern.compile("L(?:-(.*))?");
    private static final Pattern LAST = Pattern.compile("(.+)L");
    private static final Pattern NTH = Pattern.compile("([^#]*)#(.*)");
    private static final int WEEK = 7;
    private static final int MOST_WEEKS = 5;
    /** After 400 years the calendar is the same again, days of the week included. */
    private static final int MONTHS_TO_SEARCH = 400 * 12;

    private final CronField days;
    /** Bit n: n days before the last one of the month. */
    private long fromTheEnd;

    private final CronField months;

    private final CronField weekdays;
    /** Bits of days of the week: the last one of the month. */
    private long last;
    /** By day of the week, bit n: the nth one of the month. */
    private final long[] nth = new long[WEEK];

    /** @throws IllegalArgumentException if a field cannot be read */
    CronDays(String days, String months, String weekdays) {
        this.days = CronField.parse(CronUnit.DAY, days, this::takeFromTheEnd);
        this.months = CronField.parse(CronUnit.MONTH, months);
        this.weekdays = CronField.parse(CronUnit.WEEKDAY, weekdays, item -> takeLast(item) || takeNth(item));
    }

    boolean has(LocalDate day) {
        return (in(YearMonth.from(day)) >>> day.getDayOfMonth() & 1) == 1;
    }

    /** The first one after {@code day}; empty if there is none. */
    Optional<LocalDate> after(LocalDate day) {
        YearMonth month = YearMonth.from(day);
        long left = in(month) & -1L << day.getDayOfMonth() + 1;
        for (int i = 0; left == 0 && i < MONTHS_TO_SEARCH; i++) {
            month = month.plusMonths(1);
            left = in(month);
        }
        return left == 0 ? Optional.empty() : Optional.of(month.atDay(Long.numberOfTrailingZeros(left)));
    }

    /** The last one before {@code day}; empty if there is none. */
    Optional<LocalDate> before(LocalDate day) {
        YearMonth month = YearMonth.from(day);
        long left = in(month) & ~(-1L << day.getDayOfMonth());
        for (int i = 0; left == 0 && i < MONTHS_TO_SEARCH; i++) {
            month = month.minusMonths(1);
            left = in(month);
        }
        return left == 0 ? Optional.empty() : Optional.of(month.atDay(Long.SIZE - 1 - Long.numberOfLeadingZeros(left)));
    }

    /** The days of a month that match, as bits from 1 on: if both fields of days are restricted, either is enough. */
    private long in(YearMonth month) {
        if (!months.has(month.getMonthValue())) {
            return 0;
        }
        long byDate = 0;
        long byWeekday = 0;
        int length = month.lengthOfMonth();
        int weekday = month.atDay(1).getDayOfWeek().getValue() % WEEK;
        for (int day = 1; day <= length; day++) {
            if (days.has(day) || (fromTheEnd >>> length - day & 1) == 1) {
                byDate |= 1L << day;
            }
            boolean isLast = day + WEEK > length && (last >>> weekday & 1) == 1;
            if (weekdays.has(weekday) || isLast || (nth[weekday] >>> (day - 1) / WEEK + 1 & 1) == 1) {
                byWeekday |= 1L << day;
            }
            weekday = (weekday + 1) % WEEK;
        }
        return days.every() || weekdays.every() ? byDate & byWeekday : byDate | byWeekday;
    }

    private boolean takeFromTheEnd(String item) {
        Matcher matcher = FROM_THE_END.matcher(item);
        if (!matcher.matches()) {
            return false;
        }
        int before = matcher.group(1) == null ? 0 : CronUnit.number(matcher.group(1));
        if (matcher.group(1) != null && before < 1 || before >= CronUnit.DAY.most()) {
            throw new IllegalArgumentException("%s is not in range L-1 to L-30".formatted(item));
        }
        fromTheEnd |= 1L << before;
        return true;
    }

    private boolean takeLast(String item) {
        Matcher matcher = LAST.matcher(item);
        if (!matcher.matches()) {
            return false;
        }
        last |= 1L << CronUnit.WEEKDAY.value(matcher.group(1));
        return true;
    }

    private boolean takeNth(String item) {
        Matcher matcher = NTH.matcher(item);
        if (!matcher.matches()) {
            return false;
        }
        int week = CronUnit.number(matcher.group(2));
        if (week < 1 || week > MOST_WEEKS) {
            throw new IllegalArgumentException("%s is not in range #1 to #%d".formatted(item, MOST_WEEKS));
        }
        nth[CronUnit.WEEKDAY.value(matcher.group(1))] |= 1L << week;
        return true;
    }
}
