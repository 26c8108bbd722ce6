package io.mainstay.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Time between two looks at every queue.
 *
 * @param slow while wake-ups are known to come through
 * @param fast while they are not, if shorter
 */
record PollTimes(Duration slow, Duration fast) {

    /** One wait, spread by a quarter either way, so that instances started together do not come together. */
    Duration next(boolean wakeUpsLive, RandomGenerator random) {
        Duration interval = wakeUpsLive || slow.compareTo(fast) < 0 ? slow : fast;
        long half = interval.toMillis() / 2;
        return interval.minusMillis(half / 2).plusMillis(random.nextLong(half + 1));
    }
}
