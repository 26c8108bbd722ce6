package io.mainstay.redis.store;

import io.mainstay.due.DueInBucket;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueStore;
import io.mainstay.due.DueWork;
import io.mainstay.health.LinkKind;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link DueStore} in Redis: reads the sorted sets {@code next}. */
final class RedisDueStore implements DueStore {

    /** Of one bucket; bounds an answer to some 100 KB. */
    private static final int PAGE = 1000;
    /** Of one bucket and poll; the rest comes with the next, when some of these are done with. */
    private static final int MOST_PAGES = 20;
    /** An instance that lives looks at its own queue much sooner. */
    private static final Duration PRIVATE_LEFT_BEHIND = Duration.ofMinutes(10);

    /** No queue has it. */
    private static final String FLOWS = " flows";

    private static final String NOTICES = " hooks";

    private static final long FAR = Long.MAX_VALUE / 1_000_000;

    private static final String NEWS = " news";
    private static final String PRUNE = " prune";
    /** Before the name of a handler. */
    private static final String HANDLER = " @";

    private final RedisCalls calls;
    private final ShardClocks clocks;
    private final UnreadableEntries unreadable;
    private final DueEntriesCheck check;
    private final PollingTokens polling;

    RedisDueStore(RedisCalls calls, ShardClocks clocks, UnreadableEntries unreadable, JobIds ids) {
        this.calls = calls;
        this.clocks = clocks;
        this.unreadable = unreadable;
        this.check = new DueEntriesCheck(calls, ids);
        this.polling = new PollingTokens(calls, clocks, ids.nextToken());
    }

    @Override
    public int buckets() {
        return Buckets.COUNT;
    }

    @Override
    public int bucketOf(QueueName queue) {
        return Buckets.of(queue);
    }

    @Override
    public Uni<Integer> polling(Duration validFor) {
        return polling.polling(validFor);
    }

    @Override
    public Uni<DueInBucket> due(int bucket, Duration ahead) {
        String key = Buckets.next(bucket);
        return clocks.now(key).flatMap(now -> {
            ShardClocks.Looked look = clocks.look(key);
            boolean all = clocks.isFirst(bucket, look);
            String until = all ? "+inf" : Long.toString(now + ahead.toMillis());
            return page(key, until, 0, new ArrayList<>())
                    .map(entries -> read(bucket, entries, now, all))
                    .invoke(() -> clocks.looked(bucket, look));
        });
    }

    /** By the command that Redis 6.0 has; what the client would have instead came with 6.2. */
    @SuppressWarnings("deprecation")
    private Uni<List<Response>> page(String key, String until, int from, List<Response> found) {
        return calls.run(
                        LinkKind.CLAIMS,
                        Command.ZRANGEBYSCORE,
                        key,
                        "-inf",
                        until,
                        "WITHSCORES",
                        "LIMIT",
                        Integer.toString(from),
                        Integer.toString(PAGE))
                .flatMap(answer -> {
                    int before = found.size();
                    answer.forEach(each -> addTo(found, each));
                    return found.size() < before + 2 * PAGE || from + PAGE >= MOST_PAGES * PAGE
                            ? Uni.createFrom().item(found)
                            : page(key, until, from + PAGE, found);
                });
    }

    /** By its third protocol Redis answers pairs, by its second one after the other. */
    private static void addTo(List<Response> found, Response each) {
        if (each.type() == ResponseType.MULTI) {
            each.forEach(found::add);
        } else {
            found.add(each);
        }
    }

    /** @param all whether what is due by itself later is to be looked at now */
    private DueInBucket read(int bucket, List<Response> entries, long now, boolean all) {
        List<DueQueue> due = new ArrayList<>(entries.size() / 2);
        Optional<Duration> flows = Optional.empty();
        Optional<Duration> notices = Optional.empty();
        for (int i = 0; i < entries.size(); i += 2) {
            String member = entries.get(i).toString();
            Duration in = Duration.ofMillis(time(entries.get(i + 1).toString()) - now);
            in = all && !in.isNegative() ? Duration.ZERO : in;
            if (member.equals(FLOWS)) {
                flows = Optional.of(in);
                continue;
            } else if (member.equals(NOTICES)) {
                notices = Optional.of(in);
                continue;
            }
            Optional<DueQueue> entry = read(bucket, member, in);
            if (entry.isEmpty()) {
                unreadable.found(Buckets.next(bucket), member);
            }
            entry.filter(known -> !leftBehind(known)).ifPresent(due::add);
        }
        return new DueInBucket(due, flows, notices);
    }

    /** Of any score that there may be, in ms since 1970. */
    private static long time(String score) {
        return switch (score) {
            case "-inf", "-Infinity" -> 0;
            case "inf", "Infinity" -> FAR;
            default -> (long) Math.max(0, Math.min(Double.parseDouble(score), FAR));
        };
    }

    private static Optional<DueQueue> read(int bucket, String member, Duration in) {
        int space = member.indexOf(' ');
        if (space >= 0 && member.startsWith(HANDLER, space)) {
            Optional<HandlerName> handler = handler(member.substring(space + HANDLER.length()));
            return name(member.substring(0, space))
                    .map(queue -> new DueQueue(queue, DueWork.CLAIM, in, bucket, handler));
        }
        Optional<DueWork> work =
                switch (space < 0 ? "" : member.substring(space)) {
                    case "" -> Optional.of(DueWork.CLAIM);
                    case NEWS -> Optional.of(DueWork.FLOW_NEWS);
                    case PRUNE -> Optional.of(DueWork.PRUNE);
                    default -> Optional.empty();
                };
        return work.flatMap(known -> name(space < 0 ? member : member.substring(0, space))
                .map(queue -> new DueQueue(queue, known, in, bucket)));
    }

    @Override
    public int unreadable() {
        return unreadable.count();
    }

    /** Empty if it cannot be read: jobs that are no jobs any more are for any worker to set aside. */
    private static Optional<HandlerName> handler(String name) {
        try {
            return Optional.of(new HandlerName(name));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** What is no name of a queue was written by somebody else and is left out. */
    private static Optional<QueueName> name(String member) {
        try {
            return Optional.of(QueueName.stored(member));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Of an instance that was killed: nobody else would ever strike it off. */
    private boolean leftBehind(DueQueue entry) {
        boolean left = entry.queue().isPrivate()
                && entry.in().plus(PRIVATE_LEFT_BEHIND).isNegative();
        if (left) {
            String queue = entry.queue().value();
            String member =
                    entry.handler().map(handler -> queue + HANDLER + handler).orElse(queue);
            calls.run(LinkKind.WRITES, Command.ZREM, Buckets.next(entry.bucket()), member)
                    .subscribe()
                    .with(done -> {}, error -> {});
        }
        return left;
    }

    @Override
    public Uni<Integer> check(Duration every) {
        return check.run(every);
    }
}
