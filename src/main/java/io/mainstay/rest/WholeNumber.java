package io.mainstay.rest;

import io.mainstay.job.InvalidValueException;

/** A number in a query. */
public final class WholeNumber {

    private WholeNumber() {}

    /** @throws InvalidValueException if it is none of 32 bits */
    public static int parse(String field, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new InvalidValueException(field, value, "a whole number");
        }
    }
}
