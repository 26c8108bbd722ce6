package io.mainstay.job;

import java.util.regex.Pattern;

/**
 * Identity of a job within its queue. Mainstay makes UUIDv7 (RFC 9562); callers may bring their own.
 *
 * @param value 1 to 128 characters that need no escaping in a URL path: letters, digits and {@code . _ ~ -}
 */
public record JobId(String value) implements Comparable<JobId> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,127}");

    public JobId {
        if (value == null || !ALLOWED.matcher(value).matches()) {
            throw new InvalidValueException("id", value, ALLOWED.pattern());
        }
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
