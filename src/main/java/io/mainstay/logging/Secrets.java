package io.mainstay.logging;

import java.util.regex.Pattern;

/**
 * Takes users and passwords out of text that quotes addresses: settings that cannot be read, errors of the client, what we
 * say ourselves. All that reaches a log goes through here ({@link CleanLog}), and so does what is said of
 * {@code quarkus.redis.hosts} before there is a log.
 */
public final class Secrets {

    /**
     * In the address of a Redis, from the scheme to the last @: a password that nobody escaped may hold anything, even a space
     * or a slash. So such an address ends only where the next one of a list begins, at a quote, or with the line. In any other
     * address, up to the end of its authority.
     */
    private static final Pattern USER_INFO = Pattern.compile(
            "(?i)\\b((?:redi|unix)[a-z]*://)(?:(?!,\\s*redi[a-z]*://)[^\"\\r\\n])*@|\\b([a-z][a-z0-9+.-]*://)[^\\s/?#\"@]*@");

    /** An API key: its id may be told. */
    private static final String KEY_START = "ms_";

    private static final Pattern KEY = Pattern.compile("(ms_[0-9A-Za-z]{12}_)[0-9A-Za-z]{20,}");

    private static final Pattern ALL_BUT_HOST = Pattern.compile("(?s)^([a-zA-Z]+://)?.*@");

    private Secrets() {}

    /** What was given as the address of a Redis, whatever it is: all up to its last @ is hidden. */
    public static String hiddenInAddress(String address) {
        return ALL_BUT_HOST
                .matcher(address)
                .replaceFirst(found -> (found.group(1) == null ? "" : found.group(1)) + "***@");
    }

    /** The text with {@code ***} instead of users and passwords, and of the secrets of API keys. */
    public static String hidden(String text) {
        String withoutKeys = text.contains(KEY_START) ? KEY.matcher(text).replaceAll("$1***") : text;
        return withoutKeys.contains("://")
                ? USER_INFO
                        .matcher(withoutKeys)
                        .replaceAll(found -> (found.group(1) == null ? found.group(2) : found.group(1)) + "***@")
                : withoutKeys;
    }
}
