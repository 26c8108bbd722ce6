package io.mainstay.health.recovery;

import io.mainstay.queue.health.NoticedBy;
import io.mainstay.queue.health.Recovery;
import java.time.Duration;
import java.util.Optional;

/**
 * One recovery, from its notice until all is well. Another disturbance meanwhile belongs to it: what worked again then has to be
 * seen once more. Times are those of {@link System#nanoTime}. Thread-safe.
 */
final class OngoingRecovery {

    private final String store;
    private final NoticedBy noticedBy;
    private final long noticedAt;
    private long disturbedAt;
    private int linksLost;
    private Long commandsAt;
    private Long wakeUpsAt;
    private Long claimAt;

    OngoingRecovery(String store, NoticedBy noticedBy, long now) {
        this.store = store;
        this.noticedBy = noticedBy;
        this.noticedAt = now;
        this.disturbedAt = now;
    }

    /** Commands may fail, and what was published may be lost. */
    synchronized void disturbed(long now) {
        commandsAt = null;
        claimAt = null;
        wakeUpsDisturbed(now);
    }

    synchronized void wakeUpsDisturbed(long now) {
        disturbedAt = now;
        wakeUpsAt = null;
    }

    synchronized void linkLost() {
        linksLost++;
    }

    synchronized boolean lostNoLink() {
        return linksLost == 0;
    }

    /** @return whether that is news */
    synchronized boolean commandsFlow(long now) {
        boolean news = commandsAt == null;
        commandsAt = news ? (Long) now : commandsAt;
        return news;
    }

    /** @param sentAt when it was published: one from before the disturbance proves nothing */
    synchronized boolean wakeUpCame(long sentAt, long now) {
        boolean news = wakeUpsAt == null && sentAt - disturbedAt >= 0;
        wakeUpsAt = news ? (Long) now : wakeUpsAt;
        return news;
    }

    synchronized boolean jobClaimed(long now) {
        boolean news = claimAt == null;
        claimAt = news ? (Long) now : claimAt;
        return news;
    }

    /** @param claims whether jobs are claimed here at all */
    synchronized boolean over(boolean claims) {
        return commandsAt != null && wakeUpsAt != null && (claimAt != null || !claims);
    }

    synchronized Recovery shown(long now) {
        return new Recovery(
                store,
                noticedBy,
                Duration.ofNanos(now - noticedAt),
                linksLost,
                new Recovery.Restored(after(commandsAt), after(wakeUpsAt), after(claimAt)));
    }

    private Optional<Duration> after(Long at) {
        return Optional.ofNullable(at).map(then -> Duration.ofNanos(then - noticedAt));
    }
}
