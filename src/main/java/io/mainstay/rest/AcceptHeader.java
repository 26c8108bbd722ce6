package io.mainstay.rest;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Accept} (RFC 9110 §12.5.1), read before anything is done: what reads it afterwards would find out too late that
 * the answer cannot be had. Beyond the grammar it takes what widespread clients send: {@code *} alone, and {@code q=.2}.
 */
final class AcceptHeader {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern RANGE = Pattern.compile("[ \\t]*+(" + TOKEN + ")(?:/(" + TOKEN + "))?+[ \\t]*+");
    private static final Pattern PARAMETER =
            Pattern.compile(";[ \\t]*+(?:(" + TOKEN + ")=(" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\"))?+[ \\t]*+");
    private static final Pattern WEIGHT = Pattern.compile("0?\\.\\d{1,9}|0\\.?|1(?:\\.0{0,9})?");
    private static final String ANY = "*";

    private final String type;
    private final String subtype;
    private int closest;
    private double weight;

    private AcceptHeader(String wanted) {
        this.type = wanted.substring(0, wanted.indexOf('/'));
        this.subtype = wanted.substring(type.length() + 1);
    }

    /**
     * @param headers all of that name; none, or only empty ones, allow everything
     * @param wanted a media type in lower case, without parameters
     * @return false also if they are malformed
     */
    static boolean allow(List<String> headers, String wanted) {
        String all = String.join(",", headers);
        AcceptHeader accept = new AcceptHeader(wanted);
        return all.isBlank() || accept.read(all) && accept.weight > 0;
    }

    private boolean read(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = element(text, at);
            if (end < 0 || end < text.length() && text.charAt(end) != ',') {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    /** @return where the element ends, or -1 if it is none; an empty one is allowed */
    private int element(String text, int start) {
        Matcher range = RANGE.matcher(text).region(start, text.length());
        if (!range.lookingAt()) {
            int next = start;
            while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
                next++;
            }
            return next == text.length() || text.charAt(next) == ',' ? next : -1;
        }
        Matcher parameter = PARAMETER.matcher(text);
        int end = range.end();
        double quality = 1;
        while (parameter.region(end, text.length()).lookingAt()) {
            end = parameter.end();
            if ("q".equalsIgnoreCase(parameter.group(1))) {
                quality = weight(parameter.group(2));
            }
        }
        boolean read = quality >= 0 && range(lower(range.group(1)), lower(range.group(2)), quality);
        return read ? end : -1;
    }

    private boolean range(String first, String second, double quality) {
        if (second == null ? !first.equals(ANY) : first.equals(ANY) && !second.equals(ANY)) {
            return false;
        }
        if (first.equals(ANY)) {
            found(1, quality);
        } else if (first.equals(type) && second.equals(ANY)) {
            found(2, quality);
        } else if (first.equals(type) && second.equals(subtype)) {
            found(3, quality);
        }
        return true;
    }

    /** The closest range counts; of equal ones the best. */
    private void found(int closeness, double quality) {
        if (closeness >= closest) {
            weight = closeness == closest ? Math.max(weight, quality) : quality;
            closest = closeness;
        }
    }

    private static double weight(String text) {
        return WEIGHT.matcher(text).matches() ? Double.parseDouble(text) : -1;
    }

    private static String lower(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
