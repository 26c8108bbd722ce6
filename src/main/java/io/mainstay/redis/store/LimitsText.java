package io.mainstay.redis.store;

import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Rate;
import io.mainstay.queue.changes.LimitName;
import io.mainstay.queue.changes.LimitsPatch;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The limits of a queue as its meta has them; a rate is its count and its period in ms: {@code 10 1000}. */
final class LimitsText {

    private LimitsText() {}

    /** Fields and values of the limits that change, empty for none. */
    static List<String> write(LimitsPatch patch) {
        List<String> written = new ArrayList<>();
        for (LimitName name : LimitName.values()) {
            if (patch.names().contains(name)) {
                written.add(field(name));
                written.add(value(name, patch.values()));
            }
        }
        return written;
    }

    private static String field(LimitName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static String value(LimitName name, QueueLimits limits) {
        return switch (name) {
            case MAX_WAITING ->
                limits.maxWaiting().isPresent()
                        ? Long.toString(limits.maxWaiting().getAsLong())
                        : "";
            case CONCURRENCY -> write(limits.concurrency());
            case RATE -> write(limits.rate());
            case GROUP_CONCURRENCY -> write(limits.groupConcurrency());
            case GROUP_RATE -> write(limits.groupRate());
        };
    }

    /** @param values of all fields in the order of {@link LimitName}, null for none */
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
