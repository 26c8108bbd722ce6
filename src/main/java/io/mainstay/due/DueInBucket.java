package io.mainstay.due;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a bucket answered.
 *
 * @param queues soonest first
 * @param flows how soon its flows have due work; zero or negative: now
 * @param notices the same for its notices to hooks
 */
public record DueInBucket(List<DueQueue> queues, Optional<Duration> flows, Optional<Duration> notices) {

    public DueInBucket {
        queues = List.copyOf(queues);
    }
}
