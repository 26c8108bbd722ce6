package io.mainstay.jobtype;

import io.mainstay.job.Bounds;
import java.time.Duration;

/**
 * When a handler is held: once, within the window, so many attempts failed and none succeeded.
 *
 * @param after 1 to {@value #MOST}
 * @param window {@link #SHORTEST} to {@link #LONGEST}
 */
public record HoldPolicy(int after, Duration window) {

    static final int MOST = 10_000;
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofDays(1);
    static final int DEFAULT_AFTER = 10;
    static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

    public HoldPolicy {
        Bounds.between("hold.after", after, 1, MOST);
        Bounds.between("hold.window", window, SHORTEST, LONGEST);
    }
}
