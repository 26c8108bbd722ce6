package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Json;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponseHeadersTest {

    private final SomeAttempt attempt = new SomeAttempt(Json.NULL, Duration.ofSeconds(1));

    @Test
    void charactersBeyondAsciiAreReadAsTheServerWroteThem() {
        ResponseHeaders.pass(
                MultiMap.caseInsensitiveMultiMap()
                        .add("Mainstay-Progress", asRead("40 Grüße 漢"))
                        .add("Mainstay-Log", asRead("naïve 𝄞"))
                        .add("Mainstay-Log", "latin \u00e9"),
                attempt);

        assertThat(attempt.said()).containsExactly("40% Grüße 漢", "naïve 𝄞", "latin é");
    }

    /** The HTTP client makes a character of each byte. */
    private static String asRead(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
