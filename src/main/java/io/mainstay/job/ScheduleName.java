package io.mainstay.job;

/**
 * Name of a schedule.
 *
 * @param value 1 to 64 characters of {@code a-z 0-9 . _ -}, the first a letter or digit
 */
public record ScheduleName(String value) implements Comparable<ScheduleName> {

    /** What ids of jobs of schedules' runs begin with, and no others. */
    public static final String RUN_PREFIX = "schedule~";

    private static final int MAX_LENGTH = 64;

    public ScheduleName {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH || !isAllowed(value)) {
            throw new InvalidValueException("name", value, "[a-z0-9][a-z0-9._-]{0,63}");
        }
    }

    private static boolean isAllowed(String value) {
        return Ascii.isAlphanumeric(value.charAt(0))
                && value.chars().noneMatch(c -> c >= 'A' && c <= 'Z')
                && Ascii.consistsOf(value, "._-");
    }

    @Override
    public int compareTo(ScheduleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
