package io.mainstay.schedule;

import java.util.Set;
import java.util.function.Predicate;

/**
 * The values that one field of a cron expression names.
 *
 * @param values the bits of those values
 * @param every whether the field is {@code *}, which for the two fields of days says more than all values do
 */
record CronField(long values, boolean every) {

    private static final Set<String> STARS = Set.of("*", "*/1");
    private static final int NO_VALUE = -1;

    /**
     * Reads items such as {@code 5}, {@code 1-5}, {@code 1-5/2}, {@code 5/15} and {@code *}{@code /10}, or {@code *} alone.
     *
     * @param text in upper case
     * @throws IllegalArgumentException if an item is none of these; the message says what is wrong with it
     */
    static CronField parse(CronUnit unit, String text) {
        return parse(unit, text, item -> false);
    }

    /** @param others says of an item whether it is of another kind, and left out here */
    static CronField parse(CronUnit unit, String text, Predicate<String> others) {
        if (STARS.contains(text)) {
            return new CronField(steps(unit.least(), unit.most(), 1), true);
        }
        long values = 0;
        for (String item : text.split(",", -1)) {
            if (STARS.contains(item)) {
                throw new IllegalArgumentException("* is a whole field, not one item of a list");
            }
            values |= others.test(item) ? 0 : item(unit, item);
        }
        return new CronField(values, false);
    }

    boolean has(int value) {
        return (values >>> value & 1) == 1;
    }

    /** @return -1 if there is none */
    int atOrAfter(int value) {
        long left = values & -1L << value;
        return left == 0 ? NO_VALUE : Long.numberOfTrailingZeros(left);
    }

    /** @return -1 if there is none */
    int atOrBefore(int value) {
        long left = value < 0 ? 0 : values & -1L >>> Long.SIZE - 1 - value;
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
    }

    private static long item(CronUnit unit, String item) {
        String[] parts = item.split("/", -1);
        String[] ends = parts[0].split("-", -1);
        if (parts.length > 2 || ends.length > 2) {
            throw new IllegalArgumentException("'%s' cannot be read".formatted(item));
        }
        int step = parts.length == 2 ? step(unit, parts[1]) : 1;
        if (parts[0].equals("*")) {
            return steps(unit.least(), unit.most(), step);
        }
        int from = unit.value(ends[0]);
        if (ends.length == 2) {
            return range(unit, ends[0], ends[1], step);
        }
        return steps(from, parts.length == 2 ? unit.most() : from, step);
    }

    private static int step(CronUnit unit, String text) {
        int step = CronUnit.number(text);
        if (step < 1 || step > unit.most()) {
            throw new IllegalArgumentException("step %d is not in range 1 to %d".formatted(step, unit.most()));
        }
        return step;
    }

    /** Of days of the week, one may continue into the next week: {@code FRI-MON}. */
    private static long range(CronUnit unit, String first, String last, int step) {
        int from = unit.value(first);
        int to = unit.value(last);
        if (unit != CronUnit.WEEKDAY) {
            if (from > to) {
                throw new IllegalArgumentException("%s-%s ends before it begins".formatted(first, last));
            }
            return steps(from, to, step);
        }
        int week = unit.most() + 1;
        boolean sundayToSunday = from == to && !isSeven(first) && isSeven(last);
        long days = steps(from, from > to || sundayToSunday ? to + week : to, step);
        return (days | days >>> week) & steps(0, unit.most(), 1);
    }

    private static boolean isSeven(String text) {
        return text.equals("7") || text.equals("07");
    }

    private static long steps(int from, int to, int step) {
        long values = 0;
        for (int value = from; value <= to; value += step) {
            values |= 1L << value;
        }
        return values;
    }
}
