package io.mainstay.hook;

import io.mainstay.job.QueueName;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outbox of the in-memory stores, one for all they have: a list. What happens in them is told to it by themselves. */
public final class TwinNotices implements NoticeStore {

    private static final QueuePatterns NONE = new QueuePatterns(List.of());

    private Wanted wanted = new Wanted(0, NONE, NONE);
    private final List<String> notices = new ArrayList<>();

    public synchronized void died(QueueName place, String job, String handler, int attempt, String type, Instant at) {
        QueueName queue = place.logical();
        if (!queue.isPrivate()
                && !queue.equals(QueueName.HOOKS)
                && wanted.dead().matches(queue.value())) {
            add("dead", millis(at), queue.value(), job, handler, Integer.toString(attempt), type);
        }
    }

    /** @param counts how many of its jobs succeeded, died and were cancelled */
    public synchronized void flowEnded(String flow, Instant at, List<QueueName> queues, long... counts) {
        if (queues.stream().anyMatch(queue -> wanted.flowEnded().matches(queue.value()))) {
            String names =
                    queues.stream().map(QueueName::value).distinct().limit(20).collect(Collectors.joining(" "));
            add("flow-ended", millis(at), flow, "" + counts[0], "" + counts[1], "" + counts[2], names);
        }
    }

    synchronized boolean isEmpty() {
        return notices.isEmpty();
    }

    public boolean any() {
        return !isEmpty();
    }

    private void add(String... words) {
        notices.add(Stream.of(words).collect(Collectors.joining("\",\"", "[\"", "\"]")));
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }

    @Override
    public int buckets() {
        return 1;
    }

    @Override
    public int bucketOf(QueueName queue) {
        return 0;
    }

    @Override
    public Uni<Long> want(int bucket, Wanted asked) {
        return locked(() -> {
            wanted = asked.version() > wanted.version() ? asked : wanted;
            return wanted.version();
        });
    }

    @Override
    public Uni<Outbox> outbox(int bucket, int max, Duration again) {
        return locked(() ->
                new Outbox(wanted.version(), 0, notices.stream().limit(max).toList()));
    }

    @Override
    public Uni<Void> done(int bucket, long dropped, List<String> texts) {
        return locked(() -> {
            notices.removeAll(texts);
            return null;
        });
    }

    private <T> Uni<T> locked(Supplier<T> action) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return action.get();
            }
        });
    }
}
