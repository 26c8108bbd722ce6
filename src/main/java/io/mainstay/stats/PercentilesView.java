package io.mainstay.stats;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Times in seconds, as shown: so many of a hundred were that or shorter. Rounded up to milliseconds, which keeps each in its bucket. */
@RegisterForReflection
public record PercentilesView(double p50, double p95, double p99) {

    private static final double MILLIS_PER_SECOND = 1000;

    /** @return null, which is not shown, if nothing was counted */
    static PercentilesView of(Function<Double, OptionalDouble> percentile) {
        return percentile.apply(0.5).isEmpty()
                ? null
                : new PercentilesView(
                        seconds(percentile.apply(0.5)),
                        seconds(percentile.apply(0.95)),
                        seconds(percentile.apply(0.99)));
    }

    private static double seconds(OptionalDouble ms) {
        return Math.ceil(ms.orElseThrow()) / MILLIS_PER_SECOND;
    }
}
