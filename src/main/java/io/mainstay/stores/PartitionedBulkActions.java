package io.mainstay.stores;

import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.places.QueuePlaces;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Changes many jobs of queues that may have several parts: one place after the other. A cursor is the name of the place and, behind a
 * slash, the place's own; nothing behind it if the place was not begun.
 */
public final class PartitionedBulkActions implements BulkActionStore {

    /** Of one place. */
    @FunctionalInterface
    private interface Step {
        Uni<BulkChanges> of(QueueName place, BulkActionRequest request);
    }

    private final BulkActionStore store;
    private final QueuePlaces places;

    /** @param store of places */
    public PartitionedBulkActions(BulkActionStore store, QueuePlaces places) {
        this.store = store;
        this.places = places;
    }

    @Override
    public Uni<BulkChanges> change(QueueName queue, BulkActionRequest request) {
        return inPlace(queue, request, store::change);
    }

    @Override
    public Uni<BulkChanges> count(QueueName queue, BulkActionRequest request) {
        return inPlace(queue, request, store::count);
    }

    private Uni<BulkChanges> inPlace(QueueName queue, BulkActionRequest request, Step step) {
        List<QueueName> all = places.places(queue);
        Optional<String> cursor = request.page().cursor();
        int slash = cursor.map(text -> text.indexOf('/')).orElse(-1);
        if (slash < 0) {
            // One without a place was given out before the queue had parts: what it has passed over is in the queue
            // itself.
            QueueName first = cursor.isPresent() ? queue : all.get(0);
            return go(step, first, request, cursor, Math.max(0, all.indexOf(first)), all);
        }
        QueueName place = place(queue, cursor.get(), slash);
        Optional<String> within = Optional.of(cursor.get().substring(slash + 1)).filter(text -> !text.isEmpty());
        return go(step, place, request, within, all.indexOf(place), all);
    }

    private static Uni<BulkChanges> go(
            Step step,
            QueueName place,
            BulkActionRequest request,
            Optional<String> cursor,
            int index,
            List<QueueName> all) {
        PageRequest page = request.page();
        BulkActionRequest there = new BulkActionRequest(
                request.action(),
                request.filter(),
                new PageRequest(page.state(), cursor, page.limit()),
                request.token(),
                request.spread());
        if (all.size() == 1) {
            return step.of(place, there);
        }
        Optional<String> following =
                index + 1 < all.size() ? Optional.of(all.get(index + 1).value() + "/") : Optional.empty();
        return step.of(place, there)
                .map(done -> done.withNext(
                        done.next().map(next -> place.value() + "/" + next).or(() -> following)));
    }

    private static QueueName place(QueueName queue, String cursor, int slash) {
        try {
            QueueName place = QueueName.stored(cursor.substring(0, slash));
            if (place.logical().equals(queue.logical())) {
                return place;
            }
        } catch (InvalidValueException e) {
            // Said below, in the words of the parameter.
        }
        throw new InvalidValueException("cursor", cursor, "the next of an earlier answer");
    }
}
