package io.mainstay.mirror;

import io.mainstay.job.Durability;
import io.mainstay.job.JobId;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueFullException;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.places.Admission;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Enqueues into one mirrored queue: the owner has the job first, then the other store has the copy, then the caller is answered. If one of them is away the other
 * one suffices, and has it in its outbox before the answer. A store that is away is not asked again before it answered a round: else each enqueue would wait for it.
 */
public final class MirroredEnqueues {

    private static final int UNAVAILABLE = 503;

    private final MirrorSide first;
    private final MirrorSide second;
    private final Supplier<MirrorStatus> status;
    private final Patience patience;
    /** Under which each store was too slow for an enqueue. */
    private volatile MirrorStatus firstLate;

    private volatile MirrorStatus secondLate;

    /**
     * How long one store may take.
     *
     * @param usual of jobs that are to be kept in memory; and of copies
     * @param durable of those that wait for replicas or a disk
     */
    public record Patience(Duration usual, Duration durable) {

        Duration of(NewJob job) {
            return job.durability() == Durability.MEMORY ? usual : durable;
        }
    }

    /** @param status how the queue stands */
    public MirroredEnqueues(MirrorSide first, MirrorSide second, Supplier<MirrorStatus> status, Patience patience) {
        this.first = first;
        this.second = second;
        this.status = status;
        this.patience = patience;
    }

    public Uni<Mirrored> enqueue(NewJob job) {
        MirrorStatus now = status.get();
        if (now.isNotMirroredYet()) {
            // Comparing finds it later, unless another instance has begun and compared meanwhile.
            return patient(first, patience.of(job), first.jobs().enqueue(in(first, job)))
                    .flatMap(enqueued -> isLive(enqueued)
                            ? noted(first, job.id()).replaceWith(enqueued)
                            : Uni.createFrom().item(enqueued))
                    .map(enqueued -> new Mirrored(enqueued, first, false));
        }
        if (now.owner().isPresent()) {
            MirrorSide owner = now.owner().get();
            MirrorSide copies = other(owner);
            boolean copiesAnswer = answers(copies, now);
            return copiesAnswer && !answers(owner, now)
                    ? alone(copies, now.epoch(), job)
                    : into(owner, copies, copiesAnswer, now.epoch(), job);
        }
        // The owner is away, and nobody has taken over yet.
        Optional<Mirror> ofSecond = now.second().flatMap(MirrorLook::mirror);
        Optional<Mirror> ofFirst = now.first().flatMap(MirrorLook::mirror);
        long epoch = Math.max(
                ofFirst.map(Mirror::epoch).orElse(-1L),
                ofSecond.map(Mirror::epoch).orElse(-1L));
        if (ofSecond.filter(mirror -> mirror.epoch() == epoch).isPresent()) {
            return alone(second, epoch, job);
        }
        return ofFirst.isPresent() ? alone(first, epoch, job) : Uni.createFrom().failure(MirroredEnqueues::nowhere);
    }

    private MirrorSide other(MirrorSide side) {
        return side == first ? second : first;
    }

    /** Whether it answered the latest round, and all enqueues since. */
    private boolean answers(MirrorSide side, MirrorStatus now) {
        return side == first
                ? now.first().isPresent() && firstLate != now
                : now.second().isPresent() && secondLate != now;
    }

    private void isLate(MirrorSide side) {
        if (side == first) {
            firstLate = status.get();
        } else {
            secondLate = status.get();
        }
    }

    private Uni<Mirrored> into(MirrorSide owner, MirrorSide copies, boolean copiesAnswer, long epoch, NewJob job) {
        return patient(owner, patience.of(job), owner.jobs().enqueue(in(owner, job), Admission.OWNED))
                .flatMap(enqueued -> {
                    if (enqueued instanceof Enqueued.Moved) {
                        // It has lost what it had, or has become the one with the copies.
                        return alone(copies, epoch, job);
                    }
                    if (!isLive(enqueued)) {
                        return Uni.createFrom().item(new Mirrored(enqueued, owner, false));
                    }
                    return copiesAnswer
                            ? copied(owner, copies, epoch, job, enqueued)
                            : noted(owner, job.id()).map(done -> new Mirrored(enqueued, owner, false));
                })
                .onFailure(failure -> takesNone(failure) && job.durability() == Durability.MEMORY)
                .recoverWithUni(away -> alone(copies, epoch, job));
    }

    /** Away, full, not durable enough: the other store may do better. */
    private static boolean takesNone(Throwable error) {
        return error instanceof MainstayException known && known.status() == UNAVAILABLE;
    }

    /** One that has ended, or was refused, needs no copy. */
    private static boolean isLive(Enqueued enqueued) {
        return enqueued instanceof Enqueued.Created
                || enqueued instanceof Enqueued.Existing existing
                        && !existing.job().state().ended();
    }

    private Uni<Mirrored> copied(MirrorSide owner, MirrorSide copies, long epoch, NewJob job, Enqueued enqueued) {
        return patient(copies, copies.store().copy(in(copies, job), epoch, false))
                .map(Optional::of)
                .onFailure()
                .recoverWithItem(Optional.empty())
                .flatMap(copied -> {
                    if (copied.filter(kept -> kept.keptIn(epoch)).isPresent()) {
                        return Uni.createFrom().item(new Mirrored(enqueued, owner, true));
                    }
                    Optional<Mirror> newer = copied.flatMap(Copied::mirror).filter(other -> other.epoch() > epoch);
                    if (newer.isPresent()) {
                        // It took over: what the old owner has becomes a copy.
                        return ownerAlone(copies, job);
                    }
                    return noted(owner, job.id()).map(done -> new Mirrored(enqueued, owner, false));
                });
    }

    /** Kept by the store with the copies, until its owner hears of it or somebody takes over. Copies are kept in memory, whatever was asked. */
    private Uni<Mirrored> alone(MirrorSide copies, long epoch, NewJob job) {
        if (job.durability() != Durability.MEMORY) {
            return Uni.createFrom().failure(nowhere());
        }
        return patient(copies, copies.store().copy(in(copies, job), epoch, true))
                .flatMap(copied -> {
                    if (copied.full().isPresent()) {
                        Copied.Full full = copied.full().get();
                        Enqueued refused =
                                new Enqueued.Refused(new QueueFullException(job.queue(), full.waiting(), full.limit()));
                        return Uni.createFrom().item(new Mirrored(refused, copies, false));
                    }
                    return copied.keptIn(epoch)
                            ? found(copies, job.id(), copied.there().isPresent())
                            : ownerAlone(copies, job);
                });
    }

    private Uni<Mirrored> ownerAlone(MirrorSide owner, NewJob job) {
        return patient(owner, patience.of(job), owner.jobs().enqueue(in(owner, job), Admission.OWNED))
                .map(enqueued -> {
                    if (enqueued instanceof Enqueued.Moved) {
                        throw nowhere();
                    }
                    return enqueued;
                })
                .flatMap(enqueued -> noted(owner, job.id()).replaceWith(new Mirrored(enqueued, owner, false)));
    }

    private Uni<Mirrored> found(MirrorSide side, JobId id, boolean wasThere) {
        return patient(side, side.jobs().find(side.queue(), id))
                .map(found -> found.orElseThrow(MirroredEnqueues::nowhere))
                .map(job ->
                        new Mirrored(wasThere ? new Enqueued.Existing(job) : new Enqueued.Created(job), side, false));
    }

    private Uni<Void> noted(MirrorSide side, JobId id) {
        return patient(side, side.store().note(side.queue(), List.of(id)));
    }

    private static StoreUnavailableException nowhere() {
        return new StoreUnavailableException("neither store of the mirrored queue takes jobs", null);
    }

    private <T> Uni<T> patient(MirrorSide side, Uni<T> asked) {
        return patient(side, patience.usual(), asked);
    }

    private <T> Uni<T> patient(MirrorSide side, Duration atMost, Uni<T> asked) {
        return asked.ifNoItem().after(atMost).failWith(() -> {
            isLate(side);
            return new StoreUnavailableException("a store of the mirrored queue does not answer", null);
        });
    }

    private static NewJob in(MirrorSide side, NewJob job) {
        QueueName there = side.queue();
        return there.equals(job.queue())
                ? job
                : new NewJob(there, job.id(), job.spec(), job.start(), job.durability(), job.idChosen());
    }
}
