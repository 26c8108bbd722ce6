package io.mainstay.api.listing;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.errors.ErrorStore.Seen;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One search for groups of errors: in queues with dead jobs, in the order of their names. */
final class ErrorSearch {

    private static final int AT_ONCE = 8;
    /** When a group was seen last, and its fingerprint. */
    private static final Pattern WITHIN = Pattern.compile("(\\d{1,15})_([0-9a-f]{16})");

    private final ErrorStore store;
    private final QueueRange range;
    private final int limit;
    private final QueueWalk walk;
    private final List<ErrorGroup> found = new ArrayList<>();

    ErrorSearch(QueueListing queues, ErrorStore store, QueueRange range, int limit, LongSupplier nanoTime) {
        this.store = store;
        this.range = range;
        this.limit = limit;
        this.walk = new QueueWalk(queues, range, this::visit, nanoTime);
    }

    /** Some groups of a queue, and where its next page begins. */
    private record Page(List<ErrorGroup> groups, Optional<String> next) {}

    Uni<FoundErrors> run(Optional<SearchCursor> cursor) {
        Optional<QueueName> after = cursor.map(SearchCursor::queue);
        Uni<Optional<SearchCursor>> end = cursor.filter(
                        some -> some.within().isPresent() && range.contains(some.queue()))
                .map(some -> ask(List.of(some.queue()), some.within().map(ErrorSearch::seen))
                        .flatMap(stopped ->
                                stopped.isPresent() ? Uni.createFrom().item(stopped) : walk.from(after)))
                .orElseGet(() -> walk.from(after));
        return end.map(stopped ->
                new FoundErrors(found, stopped.map(SearchCursor::text), walk.complete(), walk.unavailable()));
    }

    private Uni<Optional<SearchCursor>> visit(List<QueueFigures> queues) {
        return goOn(queues.stream()
                .filter(queue -> queue.counts().getOrDefault(JobState.DEAD, 0L) > 0)
                .map(QueueFigures::queue)
                .toList());
    }

    private Uni<Optional<SearchCursor>> goOn(List<QueueName> queues) {
        if (queues.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        List<QueueName> some = queues.subList(0, Math.min(AT_ONCE, queues.size()));
        return ask(some, Optional.empty()).flatMap(end -> {
            if (end.isEmpty() && walk.late()) {
                return Uni.createFrom()
                        .item(Optional.of(new SearchCursor(some.get(some.size() - 1), Optional.empty())));
            }
            return end.isPresent() ? Uni.createFrom().item(end) : goOn(queues.subList(some.size(), queues.size()));
        });
    }

    private Uni<Optional<SearchCursor>> ask(List<QueueName> queues, Optional<Seen> after) {
        int most = limit - found.size();
        return Uni.join()
                .all(queues.stream()
                        .map(queue -> walk.ask(queue, page(queue, after, most)))
                        .toList())
                .andFailFast()
                .map(pages -> take(queues, pages));
    }

    private Uni<Page> page(QueueName queue, Optional<Seen> after, int most) {
        return store.seen(queue).flatMap(all -> {
            List<Seen> rest = all.stream()
                    .filter(seen -> after.isEmpty() || Seen.ORDER.compare(seen, after.get()) > 0)
                    .toList();
            List<Seen> some = rest.subList(0, Math.min(most, rest.size()));
            Optional<String> next =
                    some.size() < rest.size() ? Optional.of(text(some.get(some.size() - 1))) : Optional.empty();
            return store.read(queue, some.stream().map(Seen::fingerprint).toList())
                    .map(groups -> new Page(groups, next));
        });
    }

    private Optional<SearchCursor> take(List<QueueName> queues, List<Optional<Page>> pages) {
        for (int i = 0; i < pages.size(); i++) {
            QueueName queue = queues.get(i);
            List<ErrorGroup> groups = pages.get(i).map(Page::groups).orElse(List.of());
            int room = limit - found.size();
            if (groups.size() > room) {
                found.addAll(groups.subList(0, room));
                ErrorGroup last = groups.get(room - 1);
                return Optional.of(
                        new SearchCursor(queue, Optional.of(text(new Seen(last.fingerprint(), last.lastSeen())))));
            }
            found.addAll(groups);
            Optional<String> next = pages.get(i).flatMap(Page::next);
            if (next.isPresent() || found.size() == limit) {
                return Optional.of(new SearchCursor(queue, next));
            }
        }
        return Optional.empty();
    }

    private static String text(Seen seen) {
        return seen.at().toEpochMilli() + "_" + seen.fingerprint();
    }

    private static Seen seen(String text) {
        Matcher parts = WITHIN.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException("cursor", text, "the 'next' of a page");
        }
        return new Seen(parts.group(2), Instant.ofEpochMilli(Long.parseLong(parts.group(1))));
    }
}
