package io.mainstay.redis.store;

import io.mainstay.job.Backoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A backoff as one field of a hash: {@code exponential:1000:3600000}, {@code fixed:5000}, {@code listed:1000:9000}. */
final class BackoffText {

    private BackoffText() {}

    static String write(Backoff backoff) {
        if (backoff instanceof Backoff.Exponential exponential) {
            return "exponential:" + exponential.initial().toMillis() + ":"
                    + exponential.max().toMillis();
        }
        if (backoff instanceof Backoff.Fixed fixed) {
            return "fixed:" + fixed.delay().toMillis();
        }
        Backoff.Listed listed = (Backoff.Listed) backoff;
        return "listed:"
                + listed.delays().stream()
                        .map(delay -> Long.toString(delay.toMillis()))
                        .collect(Collectors.joining(":"));
    }

    /** @throws RuntimeException if the text is none that {@link #write} makes */
    static Backoff read(String text) {
        String[] parts = text.split(":");
        return switch (parts[0]) {
            case "exponential" -> new Backoff.Exponential(millis(parts[1]), millis(parts[2]));
            case "fixed" -> new Backoff.Fixed(millis(parts[1]));
            case "listed" ->
                new Backoff.Listed(
                        Arrays.stream(parts).skip(1).map(BackoffText::millis).toList());
            default -> throw new IllegalArgumentException("no such backoff: " + parts[0]);
        };
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }
}
