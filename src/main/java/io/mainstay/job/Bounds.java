package io.mainstay.job;

/** Checks values against their bounds. */
public final class Bounds {

    private Bounds() {}

    /**
     * @param least and {@code most}: the bounds, which are allowed
     * @return the value
     * @throws InvalidValueException that names field, value and bounds, unless the value is there and within them
     */
    public static <T extends Comparable<T>> T between(String field, T value, T least, T most) {
        if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(field, value, "between " + least + " and " + most);
        }
        return value;
    }
}
