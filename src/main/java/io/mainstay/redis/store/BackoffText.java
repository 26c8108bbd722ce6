package io.mainstay.redis.store;

import io.mainstay.job.Backoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A backoff as one word: {@code e:1000:3600000} if it is exponential, {@code f:5000} fixed, {@code l:1000:9000} listed. Its kind is
 * a letter, for every job has one.
 */
final class BackoffText {

    private BackoffText() {}

    static String write(Backoff backoff) {
        if (backoff instanceof Backoff.Exponential exponential) {
            return "e:" + exponential.initial().toMillis() + ":"
                    + exponential.max().toMillis();
        }
        if (backoff instanceof Backoff.Fixed fixed) {
            return "f:" + fixed.delay().toMillis();
        }
        Backoff.Listed listed = (Backoff.Listed) backoff;
        return "l:"
                + listed.delays().stream()
                        .map(delay -> Long.toString(delay.toMillis()))
                        .collect(Collectors.joining(":"));
    }

    /** @throws RuntimeException if the text is none that {@link #write} makes */
    static Backoff read(String text) {
        String[] parts = text.split(":");
        return switch (parts[0]) {
            case "e" -> new Backoff.Exponential(millis(parts[1]), millis(parts[2]));
            case "f" -> new Backoff.Fixed(millis(parts[1]));
            case "l" ->
                new Backoff.Listed(
                        Arrays.stream(parts).skip(1).map(BackoffText::millis).toList());
            default -> throw new IllegalArgumentException("no such backoff: " + parts[0]);
        };
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }
}
