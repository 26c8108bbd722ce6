package io.mainstay.redis.errors;

import io.mainstay.health.LinkKind;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@link ErrorStore} in Redis. The scripts that make jobs dead write it, see {@code lib/error_groups.lua}. */
public final class RedisErrorStore implements ErrorStore {

    /** Jobs, first and latest time, id of the latest job, handler; then type and message, a line each. */
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,15}) (\\d{1,15}) (\\d{1,15}) (\\S+) (\\S*)\n([^\n]*)\n(.*)", Pattern.DOTALL);

    private final RedisCalls calls;

    public RedisErrorStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<List<Seen>> seen(QueueName queue) {
        String first = Integer.toString(-MOST);
        return calls.run(LinkKind.READS, Command.ZRANGE, errors(queue) + ":seen", first, "-1", "WITHSCORES")
                .map(RedisErrorStore::seen);
    }

    @Override
    public Uni<List<ErrorGroup>> read(QueueName queue, List<String> fingerprints) {
        if (fingerprints.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<String> args = new ArrayList<>(List.of(errors(queue)));
        args.addAll(fingerprints);
        return calls.run(LinkKind.READS, Command.HMGET, args.toArray(String[]::new))
                .map(texts -> IntStream.range(0, fingerprints.size())
                        .mapToObj(i -> group(queue, fingerprints.get(i), texts.get(i)))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static String errors(QueueName queue) {
        return new RedisKeys(queue).base() + "errors";
    }

    private static List<Seen> seen(Response answer) {
        List<Response> flat = new ArrayList<>();
        answer.forEach(each -> addTo(flat, each));
        List<Seen> seen = new ArrayList<>();
        for (int i = flat.size() - 2; i >= 0; i -= 2) {
            long ms = flat.get(i + 1).toDouble().longValue();
            seen.add(new Seen(flat.get(i).toString(), Instant.ofEpochMilli(ms)));
        }
        return seen;
    }

    /** By its third protocol Redis answers pairs, by its second one after the other. */
    private static void addTo(List<Response> flat, Response each) {
        if (each.type() == ResponseType.MULTI) {
            each.forEach(flat::add);
        } else {
            flat.add(each);
        }
    }

    private static Optional<ErrorGroup> group(QueueName queue, String fingerprint, Response text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text.toString());
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new ErrorGroup(
                queue,
                fingerprint,
                parts.group(5),
                parts.group(6),
                parts.group(7),
                Long.parseLong(parts.group(1)),
                Instant.ofEpochMilli(Long.parseLong(parts.group(2))),
                Instant.ofEpochMilli(Long.parseLong(parts.group(3))),
                new JobId(parts.group(4))));
    }
}
