package io.mainstay.job;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * At most one job of a queue holds a key at a time.
 *
 * @param key 1 to 128 visible characters of ASCII
 * @param until how long the job holds it
 * @param onConflict what happens to a job whose key another one holds
 */
public record UniqueKey(String key, Until until, OnConflict onConflict) {

    /** How long a job holds its key. One that is cancelled or deleted holds none. */
    public sealed interface Until {
        /** Until its first attempt begins. */
        Until START = new Start();
        /** Until it has ended; while it waits for another attempt it holds the key. */
        Until END = new End();

        record Start() implements Until {}

        record End() implements Until {}

        /**
         * For this long after its enqueue, whatever happens to the job.
         *
         * @param duration 1 ms to 366 days
         */
        record Time(Duration duration) implements Until {

            private static final Duration LONGEST = Duration.ofDays(366);

            public Time {
                Bounds.between("unique.until", duration, Duration.ofMillis(1), LONGEST);
            }
        }
    }

    /** What becomes of a job whose key another one holds. */
    public enum OnConflict {
        /** It is not added; its enqueue is answered with the other job. */
        KEEP,
        /** The other one is cancelled, if it waits; one that runs cannot be replaced. */
        REPLACE,
        /** Its enqueue is refused. */
        REJECT;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public UniqueKey {
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(onConflict, "onConflict");
        Ascii.checkVisible("uniqueKey", key);
    }
}
