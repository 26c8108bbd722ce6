package io.mainstay.http;

import io.mainstay.job.Backoff;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** Reads how long a server asks to be left alone (RFC 9110, 10.2.3). */
final class RetryAfter {

    private static final int MOST_DIGITS = 18;

    private RetryAfter() {}

    /**
     * The wait that was asked for, between zero and {@link Backoff#LONGEST}; empty if none was, or unreadably. A date
     * counts from the server's own {@code Date} where it sent one, so that clocks need not agree.
     */
    static Optional<Duration> of(MultiMap headers, Clock clock) {
        return read(headers.get("Retry-After"), headers, clock);
    }

    /** The same for the value of another header, or null. */
    static Optional<Duration> read(String value, MultiMap headers, Clock clock) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        String asked = value.strip();
        if (asked.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(
                    asked.length() > MOST_DIGITS
                            ? Backoff.LONGEST
                            : bounded(Duration.ofSeconds(Long.parseLong(asked))));
        }
        return date(asked).map(until -> {
            Instant from = Optional.ofNullable(headers.get("Date"))
                    .flatMap(RetryAfter::date)
                    .orElseGet(clock::instant);
            return bounded(Duration.between(from, until));
        });
    }

    private static Optional<Instant> date(String text) {
        return Optional.ofNullable(DateFormatter.parseHttpDate(text)).map(Date::toInstant);
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(Backoff.LONGEST) > 0 ? Backoff.LONGEST : wait;
    }
}
