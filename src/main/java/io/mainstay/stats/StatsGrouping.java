package io.mainstay.stats;

import io.mainstay.job.InvalidValueException;
import java.util.Arrays;
import java.util.Locale;

/** By what statistics are told apart. */
enum StatsGrouping {
    QUEUE {
        @Override
        String of(Series series) {
            return series.queue().value();
        }
    },
    HANDLER {
        @Override
        String of(Series series) {
            return series.handler().value();
        }
    };

    /** The name under which a series is counted. */
    abstract String of(Series series);

    static StatsGrouping parse(String text) {
        return Arrays.stream(values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("by", text, "queue or handler"));
    }
}
