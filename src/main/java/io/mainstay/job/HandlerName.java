package io.mainstay.job;

import java.util.regex.Pattern;

/**
 * Name by which a job finds what runs it.
 *
 * @param value 1 to 128 characters: letters, digits and {@code . _ -}
 */
public record HandlerName(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    public HandlerName {
        if (value == null || !ALLOWED.matcher(value).matches()) {
            throw new InvalidValueException("handler", value, ALLOWED.pattern());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
