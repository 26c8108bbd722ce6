package io.mainstay.job;

import java.time.Duration;

/** Checks values against their bounds, which are allowed themselves. */
public final class Bounds {

    private Bounds() {}

    /** @throws InvalidValueException that names field, value and bounds, unless the value is within them */
    public static void between(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw outside(field, value, least, most);
        }
    }

    /**
     * @return the value
     * @throws InvalidValueException that names field, value and bounds, unless the value is there and within them
     */
    public static <T extends Comparable<T>> T between(String field, T value, T least, T most) {
        if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw outside(field, value, least, most);
        }
        return value;
    }

    /** @throws InvalidValueException unless the value is zero, which turns something off, or within the bounds */
    public static Duration zeroOrBetween(String field, Duration value, Duration least, Duration most) {
        if (!value.isZero() && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            throw new InvalidValueException(field, value, "PT0S or between " + least + " and " + most);
        }
        return value;
    }

    private static InvalidValueException outside(String field, Object value, Object least, Object most) {
        return new InvalidValueException(field, value, "between " + least + " and " + most);
    }
}
