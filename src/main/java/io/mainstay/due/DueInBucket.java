package io.mainstay.due;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a bucket answered.
 *
 * @param queues soonest first
 * @param flows how soon its flows need somebody; zero or negative: now
 */
public record DueInBucket(List<DueQueue> queues, Optional<Duration> flows) {

    public DueInBucket {
        queues = List.copyOf(queues);
    }
}
