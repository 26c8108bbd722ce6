package io.mainstay.lease;

import java.time.Duration;

/** Ends attempts of workers elsewhere when their time is over. Thread-safe. */
public interface AttemptEnds {

    /**
     * For how long the store keeps a lease beyond the end of its attempt, of which nobody is told: so that the attempt ends by its time-out,
     * and not by its lease.
     */
    Duration GRACE = Duration.ofSeconds(1);

    /**
     * Has an attempt end by its time-out, whether its worker is heard of then or not.
     *
     * @param in when its time is over
     */
    void watch(LeaseToken token, Duration in);
}
