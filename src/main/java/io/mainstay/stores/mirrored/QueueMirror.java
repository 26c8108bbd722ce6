package io.mainstay.stores.mirrored;

import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.mirror.MirrorCounts;
import io.mainstay.mirror.MirrorRounds;
import io.mainstay.mirror.MirrorSide;
import io.mainstay.mirror.MirrorStatus;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.mirror.Mirrored;
import io.mainstay.mirror.MirroredEnqueues;
import io.mainstay.mirror.SettingsAgreement;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One mirrored queue, as this instance keeps it together. */
public final class QueueMirror {

    /** That the queue is not mirrored yet holds for less than the time after which it is compared. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private final QueueName queue;
    private final MirrorSide first;
    private final MirrorSide second;
    private final Duration hold;
    private final MirrorRounds rounds;
    private final MirroredEnqueues enqueues;
    private final AtomicBoolean busy = new AtomicBoolean();

    QueueMirror(MirrorSide first, MirrorSide second, Duration hold, MirroredEnqueues.Patience patience) {
        this.queue = first.queue();
        this.first = first;
        this.second = second;
        this.hold = hold;
        this.rounds = new MirrorRounds(queue, first, second, hold, System::nanoTime);
        this.enqueues = new MirroredEnqueues(first, second, rounds::status, patience);
    }

    public QueueName queue() {
        return queue;
    }

    Duration hold() {
        return hold;
    }

    public MirrorStatus status() {
        return rounds.status();
    }

    MirrorCounts counts() {
        return rounds.counts();
    }

    /** One round, unless another one has not ended. */
    public Uni<Void> round() {
        if (!busy.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return rounds.run().onTermination().invoke(() -> busy.set(false)).replaceWithVoid();
    }

    Uni<Void> agreeOnSettings() {
        return SettingsAgreement.of(first, second);
    }

    /** How soon another round is due, if before its time. */
    Optional<Duration> soonAgain() {
        if (rounds.timedOut()) {
            return Optional.of(AT_ONCE);
        }
        return rounds.leftToOthers() ? Optional.of(MirrorStore.LEFT_FOR) : Optional.empty();
    }

    Uni<Mirrored> enqueue(NewJob job) {
        // Of an instance that has just started or stood still, or of a queue that has just become mirrored.
        boolean look = status() == MirrorStatus.UNKNOWN
                || status().isNotMirroredYet() && rounds.sinceStatus().compareTo(FRESH) > 0;
        return look ? round().chain(() -> enqueues.enqueue(job)) : enqueues.enqueue(job);
    }

    /** Where its jobs are, or were when that was known last; the first store in the beginning. */
    QueueName owner() {
        return rounds.latestOwner().queue();
    }

    /** The place in the other store. */
    QueueName copies() {
        return owner().isInSecondStore() ? first.queue() : second.queue();
    }

    boolean mayClaimFrom(QueueName place) {
        return rounds.mayClaimFrom(place.isInSecondStore() ? second : first);
    }
}
