package io.mainstay.schedule;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The naive twin of {@link CronExpression}: looks at one day and reads the text again to see whether it is named there;
 * the same with the values of a time. Counts on fingers; shares nothing with what it judges.
 */
final class DayByDay {

    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    private static final List<String> MONTHS =
            List.of("", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private final String second;
    private final String minute;
    private final String hour;
    private final String day;
    private final String month;
    private final String weekday;

    DayByDay(String cron) {
        String text = NICKNAMES.getOrDefault(cron.strip(), cron).strip();
        List<String> fields =
                new ArrayList<>(List.of(text.toUpperCase(Locale.ROOT).split("\\s+")));
        if (fields.size() == 5) {
            fields.add(0, "0");
        }
        second = fields.get(0);
        minute = fields.get(1);
        hour = fields.get(2);
        day = fields.get(3);
        month = fields.get(4);
        weekday = fields.get(5);
    }

    /** The seconds of a day that match. */
    BitSet times() {
        BitSet times = new BitSet();
        BitSet seconds = all(second, 60);
        BitSet minutes = all(minute, 60);
        BitSet hours = all(hour, 24);
        for (int time = 0; time < 24 * 60 * 60; time++) {
            times.set(time, hours.get(time / 3600) && minutes.get(time / 60 % 60) && seconds.get(time % 60));
        }
        return times;
    }

    private static BitSet all(String field, int values) {
        BitSet all = new BitSet();
        for (int value = 0; value < values; value++) {
            all.set(value, named(field, value, 0, values - 1, List.of()));
        }
        return all;
    }

    boolean matches(LocalDate date) {
        if (!named(month, date.getMonthValue(), 1, 12, MONTHS)) {
            return false;
        }
        boolean anyDay = day.equals("*") || day.equals("*/1");
        boolean anyWeekday = weekday.equals("*") || weekday.equals("*/1");
        if (anyDay || anyWeekday) {
            return (anyDay || dayNamed(date)) && (anyWeekday || weekdayNamed(date));
        }
        return dayNamed(date) || weekdayNamed(date);
    }

    private boolean dayNamed(LocalDate date) {
        int daysOfMonth = YearMonth.from(date).lengthOfMonth();
        for (String item : day.split(",")) {
            if (item.startsWith("L")) {
                int before = item.equals("L") ? 0 : Integer.parseInt(item.substring(2));
                if (date.getDayOfMonth() == daysOfMonth - before) {
                    return true;
                }
            } else if (named(item, date.getDayOfMonth(), 1, 31, List.of())) {
                return true;
            }
        }
        return false;
    }

    private boolean weekdayNamed(LocalDate date) {
        int today = date.getDayOfWeek().getValue() % 7;
        for (String item : weekday.split(",")) {
            if (item.endsWith("L")) {
                boolean last = date.plusDays(7).getMonthValue() != date.getMonthValue();
                if (last && today == number(item.substring(0, item.length() - 1), WEEKDAYS) % 7) {
                    return true;
                }
            } else if (item.contains("#")) {
                int soFar = 0;
                for (LocalDate one = date.withDayOfMonth(1); !one.isAfter(date); one = one.plusDays(1)) {
                    soFar += one.getDayOfWeek() == date.getDayOfWeek() ? 1 : 0;
                }
                String[] parts = item.split("#");
                if (today == number(parts[0], WEEKDAYS) % 7 && soFar == Integer.parseInt(parts[1])) {
                    return true;
                }
            } else if (weekdayItem(item, today)) {
                return true;
            }
        }
        return false;
    }

    /** Goes from the first day named to the last, into the next week if need be. */
    private static boolean weekdayItem(String item, int today) {
        if (!item.contains("-")) {
            return item.startsWith("7") || item.startsWith("SUN")
                    ? named(item.replaceFirst("7|SUN", "0"), today, 0, 6, List.of())
                    : named(item, today, 0, 6, WEEKDAYS);
        }
        String[] parts = item.split("/");
        String[] ends = parts[0].split("-");
        int from = number(ends[0], WEEKDAYS) % 7;
        int to = number(ends[1], WEEKDAYS);
        if (number(ends[0], WEEKDAYS) == to) {
            to = from;
        }
        for (int on = from; on <= (to < from ? to + 7 : to); on += parts.length == 2 ? Integer.parseInt(parts[1]) : 1) {
            if (on % 7 == today) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value is among those that a field names: each item's values are counted through. */
    private static boolean named(String field, int value, int least, int most, List<String> names) {
        for (String item : field.split(",")) {
            String[] parts = item.split("/");
            String[] ends = parts[0].split("-");
            boolean stepped = parts.length == 2;
            int from = parts[0].equals("*") ? least : number(ends[0], names);
            int to =
                    parts[0].equals("*") || (ends.length == 1 && stepped) ? most : number(ends[ends.length - 1], names);
            for (int on = from; on <= to; on += stepped ? Integer.parseInt(parts[1]) : 1) {
                if (on == value) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int number(String text, List<String> names) {
        return names.contains(text) ? names.indexOf(text) : Integer.parseInt(text);
    }
}
