package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Backoff;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                "Sun, 01 Mar 2026 12:00:30 GMT | PT30S",
                "Sunday, 01-Mar-26 12:00:30 GMT | PT30S",
                "Sun Mar  1 12:00:30 2026 | PT30S",
                "Sun, 01 Mar 2026 11:00:00 GMT | PT0S",
            })
    void readsSecondsAndDates(String value, Duration wait) {
        assertThat(of(value)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "999999999999999999999999", "Sun, 01 Mar 2099 12:00:00 GMT"})
    void noWaitIsLongerThanTheLongestBackoff(String value) {
        assertThat(of(value)).contains(Backoff.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "soon", "-1", "1.5", "PT1M"})
    void whatCannotBeReadAsksForNothing(String value) {
        assertThat(of(value)).isEmpty();
    }

    @Test
    void withoutTheHeaderNothingIsAskedFor() {
        assertThat(RetryAfter.of(headers, clock)).isEmpty();
    }

    @Test
    void aDateCountsFromTheServersOwnClock() {
        headers.set("Date", "Sun, 01 Mar 2026 15:00:00 GMT");

        assertThat(of("Sun, 01 Mar 2026 15:00:10 GMT")).contains(Duration.ofSeconds(10));
    }

    private Optional<Duration> of(String value) {
        headers.set("Retry-After", value);
        return RetryAfter.of(headers, clock);
    }
}
