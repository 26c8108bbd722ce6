package io.mainstay.stores;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Layout;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.QueueLimits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** What must be done to the places of a queue while its layout changes. Each may be done again. */
public final class ResizeSteps {

    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 5;

    private final JobStore store;
    private final PlaceStore places;
    private final long houseMaxWaiting;

    /** What parts have that take no new jobs. */
    enum Left {
        UNFINISHED,
        /** Ended jobs, or ids of deleted ones: repeated enqueues must find them. */
        ENDED,
        NOTHING
    }

    /**
     * @param store of places
     * @param houseMaxWaiting how many jobs may wait in a queue that has no limit of its own
     */
    public ResizeSteps(JobStore store, PlaceStore places, long houseMaxWaiting) {
        this.store = store;
        this.places = places;
        this.houseMaxWaiting = houseMaxWaiting;
    }

    /** Of the queue itself, which has its settings whole. */
    Uni<QueueFigures> figures(QueueName queue) {
        return store.figures(List.of(queue)).map(figures -> figures.get(0));
    }

    /** @throws io.mainstay.job.InvalidValueException if the limits do not allow so many parts */
    void check(QueueFigures queue, int parts) {
        LimitShares.check(ownLimits(queue), parts);
    }

    Uni<Void> note(StoredPolicy policy) {
        return places.note(policy.queue(), policy.policy());
    }

    Uni<Void> forget(QueueName queue) {
        return places.forget(queue);
    }

    /** The new parts get the limits and pauses of the queue; those that somebody sets meanwhile, too. */
    Uni<Void> copySettings(StoredPolicy policy) {
        return policy.layout().partitions() == 1
                ? Uni.createFrom().voidItem()
                : figures(policy.queue()).chain(queue -> copySettings(policy, queue, MOST_TRIES));
    }

    private Uni<Void> copySettings(StoredPolicy policy, QueueFigures queue, int tries) {
        List<QueueName> parts =
                Layout.parts(policy.queue(), policy.layout().partitions()).toList();
        return each(parts, part -> copy(queue, part))
                .chain(() -> figures(policy.queue()))
                .chain(later -> areSame(queue, later) || tries == 1
                        ? Uni.createFrom().voidItem()
                        : copySettings(policy, later, tries - 1));
    }

    private static boolean areSame(QueueFigures queue, QueueFigures later) {
        return queue.paused() == later.paused()
                && queue.pausedHandlers().equals(later.pausedHandlers())
                && queue.limits().equals(later.limits());
    }

    private Uni<Void> copy(QueueFigures queue, QueueName part) {
        return store.setLimits(part, LimitShares.of(ownLimits(queue), part.partitions(), part.partition()))
                .chain(() -> store.setPaused(part, queue.paused()))
                .chain(() -> figures(part))
                .chain(before -> copyPausedHandlers(queue.pausedHandlers(), before.pausedHandlers(), part));
    }

    /** One that an earlier layout left may have others. */
    private Uni<Void> copyPausedHandlers(Set<HandlerName> paused, Set<HandlerName> before, QueueName part) {
        Uni<Void> copied = Uni.createFrom().voidItem();
        for (HandlerName handler : paused) {
            copied = copied.chain(() -> store.setPaused(part, handler, true)).replaceWithVoid();
        }
        for (HandlerName handler : before) {
            if (!paused.contains(handler)) {
                copied = copied.chain(() -> store.setPaused(part, handler, false))
                        .replaceWithVoid();
            }
        }
        return copied;
    }

    /** The old parts take no new jobs from those who know no later epoch than the one before. */
    Uni<Void> closeOld(StoredPolicy closing) {
        Layout layout = closing.layout();
        return each(
                Layout.parts(closing.queue(), layout.previous()).toList(),
                part -> places.close(part, layout.epoch() - 1));
    }

    /** The queue takes jobs from those who know of no policy. */
    Uni<Void> reopen(StoredPolicy policy) {
        return places.open(policy.queue(), policy.layout().epoch());
    }

    /** What the parts of a layout have. */
    Uni<Left> left(QueueName queue, int count) {
        return store.figures(Layout.parts(queue, count).toList()).map(figures -> {
            if (figures.stream().anyMatch(ResizeSteps::hasUnfinished)) {
                return Left.UNFINISHED;
            }
            return figures.stream().allMatch(ResizeSteps::hasNothing) ? Left.NOTHING : Left.ENDED;
        });
    }

    private static boolean hasUnfinished(QueueFigures figures) {
        return figures.counts().entrySet().stream()
                .anyMatch(state -> !state.getKey().ended() && state.getValue() > 0);
    }

    /** Which of these layouts have nothing. Of one that has, no more parts are asked than it takes to know. */
    Uni<List<Integer>> empty(QueueName queue, List<Integer> counts) {
        Uni<List<Integer>> found = Uni.createFrom().item(new ArrayList<>());
        for (int count : counts) {
            found = found.call(
                    empty -> haveNothing(Layout.parts(queue, count).iterator()).invoke(nothing -> {
                        if (nothing) {
                            empty.add(count);
                        }
                    }));
        }
        return found;
    }

    private Uni<Boolean> haveNothing(Iterator<QueueName> parts) {
        return !parts.hasNext()
                ? Uni.createFrom().item(true)
                : figures(parts.next())
                        .flatMap(part -> hasNothing(part)
                                ? haveNothing(parts)
                                : Uni.createFrom().item(false));
    }

    /** No job, and no id that a repeated enqueue could mean. */
    private static boolean hasNothing(QueueFigures figures) {
        return figures.rememberedIds() == 0
                && figures.counts().values().stream().allMatch(count -> count == 0);
    }

    /** Without the default of the house. */
    private QueueLimits ownLimits(QueueFigures queue) {
        QueueLimits limits = queue.limits();
        return limits.maxWaiting().orElse(houseMaxWaiting) == houseMaxWaiting
                ? new QueueLimits(
                        OptionalLong.empty(),
                        limits.concurrency(),
                        limits.rate(),
                        limits.groupConcurrency(),
                        limits.groupRate())
                : limits;
    }

    private static Uni<Void> each(List<QueueName> parts, Function<QueueName, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUni(step::apply)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
