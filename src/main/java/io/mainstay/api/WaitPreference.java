package io.mainstay.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code wait} preference of {@code Prefer} (RFC 7240 §4.3). What is no such preference, or no number of seconds, is
 * ignored, as the RFC asks.
 */
final class WaitPreference {

    // Nine digits are 31 years: beyond any limit, and no overflow.
    private static final Pattern WAIT =
            Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?=[,;]|$)", Pattern.CASE_INSENSITIVE);

    private WaitPreference() {}

    static Optional<Duration> in(List<String> preferHeaders) {
        for (String header : preferHeaders) {
            Matcher wait = WAIT.matcher(header);
            if (wait.find()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(wait.group(1))));
            }
        }
        return Optional.empty();
    }
}
