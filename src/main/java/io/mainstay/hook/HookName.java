package io.mainstay.hook;

import io.mainstay.job.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Name of a hook.
 *
 * @param value 1 to 64 characters: letters, digits and {@code . _ -}
 */
public record HookName(String value) implements Comparable<HookName> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public HookName {
        // One of dots alone could not be named in a path.
        if (value == null || !ALLOWED.matcher(value).matches() || value.matches("\\.+")) {
            throw new InvalidValueException("name", value, ALLOWED.pattern() + ", and not only dots");
        }
    }

    @Override
    public int compareTo(HookName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
