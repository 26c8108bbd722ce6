package io.mainstay.stores.mirrored;

import io.mainstay.job.QueueName;
import io.mainstay.mirror.MirrorSide;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.mirror.MirroredEnqueues;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The mirrored queues, as policies say. Thread-safe; what is asked is answered from memory. */
public final class Mirrors {

    private final JobStore places;
    private final MirrorStore first;
    private final MirrorStore second;
    private final MirrorMeters meters;
    private final MirroredEnqueues.Patience patience;
    private final Function<QueueName, Duration> holds;
    private final Map<QueueName, QueueMirror> known = new ConcurrentHashMap<>();

    /**
     * @param places knows places
     * @param holds of mirrored queues, by the names that callers know, as policies say by now; null of others
     * @param patience how long one store may take to add a job
     */
    public Mirrors(
            JobStore places,
            MirrorStore first,
            MirrorStore second,
            Function<QueueName, Duration> holds,
            MirrorMeters meters,
            MirroredEnqueues.Patience patience) {
        this.places = places;
        this.first = first;
        this.second = second;
        this.holds = holds;
        this.meters = meters;
        this.patience = patience;
    }

    private QueueMirror make(QueueName queue, Duration hold) {
        return new QueueMirror(
                new MirrorSide(first, places, queue),
                new MirrorSide(second, places, queue.inSecondStore()),
                hold,
                patience);
    }

    /** Where the jobs are claimed of a mirrored queue, as callers know it. */
    public Optional<QueueName> owner(QueueName queue) {
        return Optional.ofNullable(ofLogical(queue)).map(QueueMirror::owner);
    }

    /**
     * One of each queue, at the same time; one that fails is made up for by the next.
     *
     * @return how soon the next ones are due, if before their time
     */
    public Uni<Optional<Duration>> round(Collection<QueueName> queues) {
        List<Uni<Optional<Duration>>> rounds = queues.stream()
                .map(this::of)
                .filter(Objects::nonNull)
                .map(mirror -> mirror.round().onFailure().recoverWithNull().map(done -> mirror.soonAgain()))
                .toList();
        return rounds.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : Uni.join().all(rounds).andFailFast().map(all -> all.stream()
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder()));
    }

    public Collection<QueueMirror> all() {
        return List.copyOf(known.values());
    }

    /** Of a queue or of a place of one; null if it is not mirrored. Its policy and this are known at the same time. */
    QueueMirror of(QueueName queue) {
        Duration hold = holds.apply(queue.logical());
        if (hold == null) {
            return null;
        }
        QueueMirror mirror = known.get(queue.logical());
        return mirror != null && mirror.hold().equals(hold) ? mirror : known(queue.logical(), hold);
    }

    private QueueMirror known(QueueName queue, Duration hold) {
        QueueMirror mirror = known.compute(
                queue, (name, before) -> before != null && before.hold().equals(hold) ? before : make(name, hold));
        meters.measure(queue, () -> known.get(queue));
        return mirror;
    }

    /** The same, of a queue as callers know it. */
    QueueMirror ofLogical(QueueName queue) {
        return queue.isPlace() ? null : of(queue);
    }
}
