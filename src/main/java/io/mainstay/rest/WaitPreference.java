package io.mainstay.rest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code wait} preference of {@code Prefer} (RFC 7240 §4.3). What is no such preference, or no number of seconds, is
 * ignored, as the RFC asks.
 */
public final class WaitPreference {

    /** 31 years: beyond any limit, and no overflow. */
    private static final int MOST_DIGITS = 9;

    private static final Pattern WAIT =
            Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*\"?0*(\\d+)\"?\\s*(?=[,;]|$)", Pattern.CASE_INSENSITIVE);

    private WaitPreference() {}

    public static Optional<Duration> in(List<String> preferHeaders) {
        for (String header : preferHeaders) {
            Matcher wait = WAIT.matcher(header);
            if (wait.find()) {
                String digits = wait.group(1);
                String cut = digits.length() > MOST_DIGITS ? "9".repeat(MOST_DIGITS) : digits;
                return Optional.of(Duration.ofSeconds(Long.parseLong(cut)));
            }
        }
        return Optional.empty();
    }
}
