package io.mainstay.job;

/** A value outside its bounds. The message names the field, the value and the limit. */
public final class InvalidValueException extends MainstayException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String field;

    public InvalidValueException(String field, Object value, String limit) {
        super("invalid-value", 422, "%s is %s, but must be %s".formatted(field, shorten(value), limit), null);
        this.field = field;
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
