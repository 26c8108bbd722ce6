package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.queue.Rate;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many jobs may run and start, as it was asked for.
 *
 * @param concurrency null, and not shown, if there is no limit
 * @param rate null, and not shown, if there is no limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record LimitsView(Integer concurrency, RateView rate) {

    /** @param period as ISO-8601 */
    @RegisterForReflection
    public record RateView(int count, String period) {}

    /** Null if there are none. */
    static LimitsView of(OptionalInt concurrency, Optional<Rate> rate) {
        if (concurrency.isEmpty() && rate.isEmpty()) {
            return null;
        }
        return new LimitsView(concurrency(concurrency), rate(rate));
    }

    static Integer concurrency(OptionalInt limit) {
        return limit.isPresent() ? limit.getAsInt() : null;
    }

    static RateView rate(Optional<Rate> rate) {
        return rate.map(r -> new RateView(r.count(), r.period().toString())).orElse(null);
    }
}
