package io.mainstay.job;

/**
 * Name by which a job finds what runs it.
 *
 * @param value 1 to 128 characters: letters, digits and {@code . _ -}, and not only dots
 */
public record HandlerName(String value) {

    private static final int MAX_LENGTH = 128;

    public HandlerName {
        if (value == null
                || value.length() > MAX_LENGTH
                || !Ascii.consistsOf(value, "._-")
                || Ascii.isDotsOnly(value)) {
            throw new InvalidValueException("handler", value, "[A-Za-z0-9._-]{1,128}, and not only dots");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
