package io.mainstay.job;

/**
 * Identity of a flow: jobs that run after one another.
 *
 * @param value 1 to 64 letters, digits, {@code _} and {@code -}, the first a letter or digit
 */
public record FlowId(String value) {

    private static final int MAX_LENGTH = 64;

    public FlowId {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH || !isAllowed(value)) {
            throw new InvalidValueException("id", value, "[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
        }
    }

    private static boolean isAllowed(String value) {
        return Ascii.isAlphanumeric(value.charAt(0)) && Ascii.consistsOf(value, "_-");
    }

    @Override
    public String toString() {
        return value;
    }
}
