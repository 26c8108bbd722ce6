package io.mainstay.schedule;

import java.util.List;
import java.util.Locale;

/** What a field of a cron expression counts. */
enum CronUnit {
    SECOND(0, 59, List.of()),
    MINUTE(0, 59, List.of()),
    HOUR(0, 23, List.of()),
    DAY(1, 31, List.of()),
    MONTH(1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    /** From Sunday, 0, to Saturday. */
    WEEKDAY(0, 6, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final int DAYS_OF_WEEK = 7;

    private final int least;
    private final int most;
    private final List<String> names;

    CronUnit(int least, int most, List<String> names) {
        this.least = least;
        this.most = most;
        this.names = names;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    /**
     * The value that a number or a name stands for; 7 is Sunday as 0 is.
     *
     * @param text in upper case
     * @throws IllegalArgumentException if it stands for none
     */
    int value(String text) {
        int name = names.indexOf(text);
        if (name >= 0) {
            return least + name;
        }
        int value = number(text);
        if (this == WEEKDAY && value == DAYS_OF_WEEK) {
            return 0;
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s %d is not in range %d to %d"
                    .formatted(name().toLowerCase(Locale.ROOT), value, least, this == WEEKDAY ? DAYS_OF_WEEK : most));
        }
        return value;
    }

    /**
     * A number of one or two digits.
     *
     * @throws IllegalArgumentException if it is none
     */
    static int number(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (text.isEmpty() || text.length() > 2 || !digits) {
            throw new IllegalArgumentException("'%s' cannot be read".formatted(text));
        }
        return Integer.parseInt(text);
    }
}
