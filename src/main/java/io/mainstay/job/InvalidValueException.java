package io.mainstay.job;

import java.util.List;

/** A value outside its bounds. The message names the field, the value and the limit. */
public final class InvalidValueException extends MainstayException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String field;
    /** The message without the field's name. */
    private final String complaint;

    private final transient List<Fault> faults;

    /**
     * One error within a value, described without quoting it.
     *
     * @param pointer JSON pointer to where, from the value on
     * @param keyword of JSON Schema
     */
    public record Fault(String pointer, String keyword, String message) {}

    public InvalidValueException(String field, Object value, String limit) {
        this("invalid-value", field, "is %s, but must be %s".formatted(shorten(value), limit), List.of());
    }

    private InvalidValueException(String slug, String field, String complaint, List<Fault> faults) {
        super(slug, 422, field + " " + complaint, null);
        this.field = field;
        this.complaint = complaint;
        this.faults = faults;
    }

    /** A payload that does not fit the schema of its handler. */
    public static InvalidValueException payload(HandlerName handler, List<Fault> faults) {
        String complaint = "does not fit the schema of the handler " + handler + ", see errors";
        return new InvalidValueException("payload-invalid", "payload", complaint, List.copyOf(faults));
    }

    /** The same about a value that is part of {@code parent}, as the caller wrote it. */
    public InvalidValueException within(String parent) {
        return new InvalidValueException(slug(), parent + "." + field, complaint, faults);
    }

    /** The same about a value that the caller wrote there. */
    public InvalidValueException at(String place) {
        return new InvalidValueException(slug(), place, complaint, faults);
    }

    /** Name of the offending field as the caller wrote it. */
    public String field() {
        return field;
    }

    /** What is wrong within it; empty if the message says it all. */
    public List<Fault> faults() {
        return faults;
    }

    private static String shorten(Object value) {
        if (value == null) {
            return "missing";
        }
        String text = value.toString();
        return text.length() <= SHOWN ? "'" + text + "'" : "'" + text.substring(0, SHOWN) + "…'";
    }
}
