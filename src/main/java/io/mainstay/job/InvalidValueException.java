package io.mainstay.job;

/** A value outside its bounds. The message names the field, the value and the limit. */
public final class InvalidValueException extends MainstayException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String field;
    /** The message without the field's name. */
    private final String complaint;

    public InvalidValueException(String field, Object value, String limit) {
        this(field, "is %s, but must be %s".formatted(shorten(value), limit));
    }

    private InvalidValueException(String field, String complaint) {
        super("invalid-value", 422, field + " " + complaint, null);
        this.field = field;
        this.complaint = complaint;
    }

    /** The same about a value that is part of {@code parent}, as the caller wrote it. */
    public InvalidValueException within(String parent) {
        return new InvalidValueException(parent + "." + field, complaint);
    }

    /** Name of the offending field as the caller wrote it. */
    public String field() {
        return field;
    }

    private static String shorten(Object value) {
        if (value == null) {
            return "missing";
        }
        String text = value.toString();
        return text.length() <= SHOWN ? "'" + text + "'" : "'" + text.substring(0, SHOWN) + "…'";
    }
}
