package io.mainstay.due;

import java.time.Duration;
import java.util.List;

/** Receives what a poll found. Called on any thread; must return at once. */
public interface DueListener {

    /** Queues of one bucket; may be empty. */
    void due(List<DueQueue> queues);

    /** The flows of a bucket need somebody now, or in a while. */
    default void flowsDue(int bucket, Duration in) {}

    /** The same for its notices to hooks. */
    default void noticesDue(int bucket, Duration in) {}
}
