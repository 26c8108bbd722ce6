package io.mainstay.redis.store;

import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Rate;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The limits of a queue as its meta has them; a rate is its count and its period in ms: {@code 10 1000}. */
final class LimitsText {

    private LimitsText() {}

    /** Fields and values, empty for none. */
    static List<String> write(QueueLimits limits) {
        return List.of(
                "max_waiting",
                limits.maxWaiting().isPresent()
                        ? Long.toString(limits.maxWaiting().getAsLong())
                        : "",
                "concurrency",
                write(limits.concurrency()),
                "rate",
                write(limits.rate()),
                "group_concurrency",
                write(limits.groupConcurrency()),
                "group_rate",
                write(limits.groupRate()));
    }

    /** @param values of the same fields in the same order, null for none */
    static QueueLimits read(Response values, long defaultMaxWaiting) {
        Response maxWaiting = values.get(0);
        return new QueueLimits(
                OptionalLong.of(maxWaiting == null ? defaultMaxWaiting : maxWaiting.toLong()),
                integer(values.get(1)),
                rate(values.get(2)),
                integer(values.get(3)),
                rate(values.get(4)));
    }

    private static String write(OptionalInt limit) {
        return limit.isPresent() ? Integer.toString(limit.getAsInt()) : "";
    }

    private static String write(Optional<Rate> rate) {
        return rate.map(r -> r.count() + " " + r.period().toMillis()).orElse("");
    }

    private static OptionalInt integer(Response value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.toInteger());
    }

    private static Optional<Rate> rate(Response value) {
        if (value == null) {
            return Optional.empty();
        }
        String[] words = value.toString().split(" ");
        return Optional.of(new Rate(Integer.parseInt(words[0]), Duration.ofMillis(Long.parseLong(words[1]))));
    }
}
