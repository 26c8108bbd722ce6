package io.mainstay.fuzz;

import java.time.Duration;
import java.util.Map;

/**
 * @param headers by names in lower case
 * @param body what came of it; of a stream, nothing
 * @param closing whether the service closes the connection after it
 */
record FuzzAnswer(int status, Map<String, String> headers, String body, boolean closing, Duration took) {

    private static final int SHOWN = 500;

    String type() {
        return headers.getOrDefault("content-type", "").replaceFirst(";.*", "").strip();
    }

    @Override
    public String toString() {
        String shown = body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
        return "%d %s after %d ms%n%s".formatted(status, headers, took.toMillis(), shown);
    }
}
