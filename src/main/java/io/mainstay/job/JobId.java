package io.mainstay.job;

/**
 * Identity of a job within its queue. Mainstay makes UUIDv7 (RFC 9562); callers may bring their own.
 *
 * @param value 1 to 128 characters that need no escaping in a URL path: letters, digits and {@code . _ ~ -}
 */
public record JobId(String value) implements Comparable<JobId> {

    private static final int MAX_LENGTH = 128;

    public JobId {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH || !isAllowed(value)) {
            throw new InvalidValueException("id", value, "[A-Za-z0-9][A-Za-z0-9._~-]{0,127}");
        }
    }

    private static boolean isAllowed(String value) {
        return Ascii.isAlphanumeric(value.charAt(0)) && Ascii.consistsOf(value, "._~-");
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
