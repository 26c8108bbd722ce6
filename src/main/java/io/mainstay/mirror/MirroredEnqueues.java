package io.mainstay.mirror;

import io.mainstay.job.JobId;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NewJob;
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
 * one suffices, and has it in its outbox before the answer.
 */
public final class MirroredEnqueues {

    private static final int UNAVAILABLE = 503;

    private final MirrorSide first;
    private final MirrorSide second;
    private final Supplier<MirrorStatus> status;
    private final Duration patience;

    /**
     * @param status how the queue stands
     * @param patience how long one store may take
     */
    public MirroredEnqueues(MirrorSide first, MirrorSide second, Supplier<MirrorStatus> status, Duration patience) {
        this.first = first;
        this.second = second;
        this.status = status;
        this.patience = patience;
    }

    public Uni<Mirrored> enqueue(NewJob job) {
        MirrorStatus now = status.get();
        if (now.isNotMirroredYet()) {
            // Comparing finds it later.
            return patient(first.jobs().enqueue(in(first, job))).map(enqueued -> new Mirrored(enqueued, false));
        }
        if (now.owner().isPresent()) {
            MirrorSide owner = now.owner().get();
            return into(owner, other(owner), now.epoch(), job);
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

    private Uni<Mirrored> into(MirrorSide owner, MirrorSide copies, long epoch, NewJob job) {
        return patient(owner.jobs().enqueue(in(owner, job), Admission.OWNED))
                .flatMap(enqueued -> {
                    if (enqueued instanceof Enqueued.Moved) {
                        // It has lost what it had, or has become the one with the copies.
                        return alone(copies, epoch, job);
                    }
                    return isLive(enqueued)
                            ? copied(owner, copies, epoch, job, enqueued)
                            : Uni.createFrom().item(new Mirrored(enqueued, true));
                })
                .onFailure(MirroredEnqueues::takesNone)
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
        return patient(copies.store().copy(in(copies, job), epoch, false))
                .map(Optional::of)
                .onFailure()
                .recoverWithItem(Optional.empty())
                .flatMap(copied -> {
                    if (copied.filter(kept -> kept.keptIn(epoch)).isPresent()) {
                        return Uni.createFrom().item(new Mirrored(enqueued, true));
                    }
                    Optional<Mirror> newer = copied.flatMap(Copied::mirror).filter(other -> other.epoch() > epoch);
                    if (newer.isPresent()) {
                        // It took over: what the old owner has becomes a copy.
                        return ownerAlone(copies, job);
                    }
                    return noted(owner, job.id()).map(done -> new Mirrored(enqueued, false));
                });
    }

    /** Kept by the store with the copies, until its owner hears of it or somebody takes over. */
    private Uni<Mirrored> alone(MirrorSide copies, long epoch, NewJob job) {
        return patient(copies.store().copy(in(copies, job), epoch, true))
                .flatMap(copied -> copied.keptIn(epoch)
                        ? found(copies, job.id(), copied.there().isPresent())
                        : ownerAlone(copies, job));
    }

    private Uni<Mirrored> ownerAlone(MirrorSide owner, NewJob job) {
        return patient(owner.jobs().enqueue(in(owner, job), Admission.OWNED))
                .map(enqueued -> {
                    if (enqueued instanceof Enqueued.Moved) {
                        throw nowhere();
                    }
                    return enqueued;
                })
                .flatMap(enqueued -> noted(owner, job.id()).replaceWith(new Mirrored(enqueued, false)));
    }

    private Uni<Mirrored> found(MirrorSide side, JobId id, boolean wasThere) {
        return patient(side.jobs().find(side.queue(), id))
                .map(found -> found.orElseThrow(MirroredEnqueues::nowhere))
                .map(job -> new Mirrored(wasThere ? new Enqueued.Existing(job) : new Enqueued.Created(job), false));
    }

    private Uni<Void> noted(MirrorSide side, JobId id) {
        return patient(side.store().note(side.queue(), List.of(id)));
    }

    private static StoreUnavailableException nowhere() {
        return new StoreUnavailableException("neither store of the mirrored queue takes jobs", null);
    }

    private <T> Uni<T> patient(Uni<T> asked) {
        return asked.ifNoItem()
                .after(patience)
                .failWith(() -> new StoreUnavailableException("a store of the mirrored queue does not answer", null));
    }

    private static NewJob in(MirrorSide side, NewJob job) {
        QueueName there = side.queue();
        return there.equals(job.queue())
                ? job
                : new NewJob(there, job.id(), job.spec(), job.start(), job.durability(), job.idChosen());
    }
}
