package io.mainstay.job;

import java.util.Optional;

/**
 * The place in a trace that something was caused from: the header {@code traceparent} of W3C Trace Context, version 00.
 *
 * @param value {@code 00-}, 32 hexadecimal digits of the trace, 16 of the span, 2 of flags, lower case
 */
public record TraceParent(String value) {

    private static final int LENGTH = 55;
    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    public TraceParent {
        if (value == null || !wellFormed(value)) {
            throw new InvalidValueException("traceparent", value, "00-<32 hex digits>-<16>-<2>, ids not all zero");
        }
    }

    /** What a caller sent; empty if it is not there or not well-formed: a trace is no reason to refuse anything. */
    public static Optional<TraceParent> ofHeader(String header) {
        return header == null || !wellFormed(header) ? Optional.empty() : Optional.of(new TraceParent(header));
    }

    public String traceId() {
        return value.substring(TRACE, SPAN - 1);
    }

    public String spanId() {
        return value.substring(SPAN, FLAGS - 1);
    }

    /** Two digits. */
    public String flags() {
        return value.substring(FLAGS);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean wellFormed(String value) {
        return value.length() == LENGTH
                && value.startsWith("00-")
                && value.charAt(SPAN - 1) == '-'
                && value.charAt(FLAGS - 1) == '-'
                && isId(value, TRACE, SPAN - 1)
                && isId(value, SPAN, FLAGS - 1)
                && isHex(value, FLAGS, LENGTH);
    }

    private static boolean isId(String value, int from, int to) {
        return isHex(value, from, to)
                && value.chars().skip(from).limit((long) to - from).anyMatch(digit -> digit != '0');
    }

    private static boolean isHex(String value, int from, int to) {
        return value.chars()
                .skip(from)
                .limit((long) to - from)
                .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
