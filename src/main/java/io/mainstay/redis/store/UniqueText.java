package io.mainstay.redis.store;

import io.mainstay.job.UniqueKey;
import java.time.Duration;
import java.util.Locale;

/**
 * A unique key as {@link SpecText} has it: {@code start}, {@code end} or milliseconds, what becomes of a conflict, and
 * the key, for example {@code end,keep,order-17}. The scripts read all three.
 */
final class UniqueText {

    private static final String START = "start";
    private static final String END = "end";
    private static final int PARTS = 3;

    private UniqueText() {}

    static String write(UniqueKey unique) {
        return until(unique.until()) + "," + unique.onConflict().wireName() + "," + unique.key();
    }

    /** @throws RuntimeException if the text is none that {@link #write} makes */
    static UniqueKey read(String text) {
        String[] parts = text.split(",", PARTS);
        UniqueKey.Until until =
                switch (parts[0]) {
                    case START -> UniqueKey.Until.START;
                    case END -> UniqueKey.Until.END;
                    default -> new UniqueKey.Until.Time(Duration.ofMillis(Long.parseLong(parts[0])));
                };
        return new UniqueKey(parts[2], until, UniqueKey.OnConflict.valueOf(parts[1].toUpperCase(Locale.ROOT)));
    }

    private static String until(UniqueKey.Until until) {
        if (until instanceof UniqueKey.Until.Time time) {
            return Long.toString(time.duration().toMillis());
        }
        return until instanceof UniqueKey.Until.Start ? START : END;
    }
}
