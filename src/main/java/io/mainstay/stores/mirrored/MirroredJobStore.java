package io.mainstay.stores.mirrored;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import io.mainstay.queue.places.KeptIn;
import io.mainstay.stores.JobRead;
import io.mainstay.stores.JobReads;
import io.mainstay.stores.UniqueKeys;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Mirrored queues as callers know them: what is asked of a job is asked where it is owned, and of its copy if that store is away. All other queues are left to those
 * who keep them.
 */
public final class MirroredJobStore extends JobReads {

    private final JobStore places;
    private final JobStore others;
    private final Mirrors mirrors;

    /**
     * @param places knows places
     * @param others knows all other queues as callers know them
     */
    public MirroredJobStore(JobStore places, JobStore others, Mirrors mirrors) {
        this.places = places;
        this.others = others;
        this.mirrors = mirrors;
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        QueueMirror mirror = mirrors.ofLogical(job.queue());
        if (mirror == null) {
            return others.enqueue(job);
        }
        return UniqueKeys.refuse(job, "is mirrored, and no store")
                .chain(() -> mirror.enqueue(job))
                .map(kept -> kept.enqueued()
                        .in(kept.both() ? KeptIn.BOTH : KeptIn.of(kept.side().queue())));
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return places.enqueue(job, admission);
    }

    @Override
    public Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids) {
        return either(queue, store -> place -> store.states(place, ids));
    }

    @Override
    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        return either(queue, store -> place -> store.list(place, page, parts));
    }

    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
        QueueMirror mirror = mirrors.ofLogical(queue);
        if (mirror == null) {
            return others.cancel(queue, id);
        }
        // One that only the other store has yet, or of which that one hears when it is back.
        return either(queue, store -> place -> store.cancel(place, id))
                .flatMap(change -> change instanceof Change.NotFound
                        ? places.cancel(mirror.copies(), id)
                                .onFailure(StoreUnavailableException.class)
                                .recoverWithItem(change)
                        : Uni.createFrom().item(change));
    }

    /** By the owner alone: a copy that is made ready would be claimed by nobody. */
    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        return atOwner(queue, store -> place -> store.requeue(place, id, request));
    }

    @Override
    public Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        return atOwner(queue, store -> place -> store.reschedule(place, id, change, request));
    }

    @Override
    public Uni<List<String>> reach(Duration within) {
        return others.reach(within);
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        List<QueueName> plain = queues.stream()
                .filter(queue -> mirrors.ofLogical(queue) == null)
                .toList();
        if (plain.size() == queues.size()) {
            return others.figures(queues);
        }
        List<Uni<List<QueueFigures>>> all = new ArrayList<>();
        if (!plain.isEmpty()) {
            all.add(others.figures(plain));
        }
        queues.stream()
                .filter(queue -> mirrors.ofLogical(queue) != null)
                .map(queue -> either(queue, store -> place -> store.figures(List.of(place)))
                        .map(figures -> List.of(figures.get(0).named(queue))))
                .forEach(all::add);
        return Uni.join().all(all).andFailFast().map(found -> {
            Map<QueueName, QueueFigures> byName = new HashMap<>();
            found.forEach(some -> some.forEach(each -> byName.put(each.queue(), each)));
            return queues.stream().map(byName::get).toList();
        });
    }

    @Override
    public Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return inBoth(queue, store -> place -> store.changeLimits(place, patch));
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        return inBoth(queue, store -> place -> store.setPaused(place, paused));
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return inBoth(queue, store -> place -> store.setPaused(place, handler, paused));
    }

    /**
     * The owner has to take it, for it is the one that claims are made from. The other store is to have it at once; if that does not succeed, then by the next round
     * in which both are there.
     */
    private <T> Uni<T> inBoth(QueueName queue, Function<JobStore, Function<QueueName, Uni<T>>> ask) {
        Uni<T> done = atOwner(queue, ask);
        QueueMirror mirror = mirrors.ofLogical(queue);
        return mirror == null
                ? done
                : done.call(() -> mirror.agreeOnSettings()
                        .onFailure(MainstayException.class)
                        .recoverWithNull());
    }

    private <T> Uni<T> atOwner(QueueName queue, Function<JobStore, Function<QueueName, Uni<T>>> ask) {
        QueueMirror mirror = mirrors.ofLogical(queue);
        return mirror == null
                ? ask.apply(others).apply(queue)
                : ask.apply(places).apply(mirror.owner());
    }

    /** The owner, or the other store if that does not answer. */
    private <T> Uni<T> either(QueueName queue, Function<JobStore, Function<QueueName, Uni<T>>> ask) {
        QueueMirror mirror = mirrors.ofLogical(queue);
        return mirror == null
                ? ask.apply(others).apply(queue)
                : ask.apply(places)
                        .apply(mirror.owner())
                        .onFailure(StoreUnavailableException.class)
                        .recoverWithUni(away -> ask.apply(places).apply(mirror.copies()));
    }

    /** The same, and the other store if the owner does not have it: it may have come while the owner was away. */
    @Override
    protected <T> Uni<Optional<T>> read(QueueName queue, JobId id, JobRead<T> read) {
        QueueMirror mirror = mirrors.ofLogical(queue);
        if (mirror == null) {
            return read.of(others, queue, id);
        }
        return either(queue, store -> place -> read.of(store, place, id))
                .flatMap(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : read.of(places, mirror.copies(), id)
                                .onFailure(StoreUnavailableException.class)
                                .recoverWithItem(found));
    }
}
