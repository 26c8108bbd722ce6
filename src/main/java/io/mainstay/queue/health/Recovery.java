package io.mainstay.queue.health;

import java.time.Duration;
import java.util.Optional;

/**
 * That something was wrong with the way to a store, and how long it took until all was well again.
 *
 * @param store as metrics name it
 * @param noticedBy what showed it first
 * @param ago when that was, counted back from when this was made
 * @param linksLost how often a connection was lost
 */
public record Recovery(String store, NoticedBy noticedBy, Duration ago, int linksLost, Restored restored) {

    /**
     * What works again, and how long after the notice. Empty: not yet, or not again since the last disturbance.
     *
     * @param commands all connections lead to a node that takes writes, and no writes are refused
     * @param wakeUps a wake-up that was published after the last disturbance came back
     * @param claim a claim brought a job
     */
    public record Restored(Optional<Duration> commands, Optional<Duration> wakeUps, Optional<Duration> claim) {}
}
