package io.mainstay.redis.store;

import io.mainstay.job.QueueName;
import io.mainstay.queue.CallSize;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.topology.Slots;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Reads the registries of all slots of a cluster, and has the index know what it lacks. Costs one small read a slot; one
 * instance does it for all. A shard that does not answer is left out and holds up no other.
 */
final class RegistryWalk {

    private static final Logger LOG = Logger.getLogger(RegistryWalk.class);
    private static final String WALKED = "ms:{:queues}:walked";
    /** Reads sent together: a fraction of a millisecond of a shard. */
    private static final int TOGETHER = 256;

    private final RedisCalls calls;
    private final RedisLinks links;
    private final QueueRegistry registry;

    RegistryWalk(RedisCalls calls, RedisLinks links, QueueRegistry registry) {
        this.calls = calls;
        this.links = links;
        this.registry = registry;
    }

    /** Whether there are slots to go through. */
    boolean needed() {
        return links.clustered();
    }

    /** Walks unless somebody, anywhere, has within that time. */
    Uni<Void> ifTurn(String token, Duration every) {
        List<String> args = List.of(token, Long.toString(every.toMillis()));
        return calls.run(Script.WALK, List.of(WALKED), args)
                .flatMap(turn ->
                        turn.toInteger() == 1 ? walk() : Uni.createFrom().voidItem());
    }

    /** Fails if the index does not answer. */
    Uni<Void> walk() {
        return registry.queues().flatMap(known -> found().flatMap(found -> {
            Set<QueueName> missing = new HashSet<>(found);
            missing.removeAll(known);
            if (!missing.isEmpty()) {
                LOG.warnf("The index of queues lacked %d that have been used; they are back", missing.size());
            }
            return Multi.createFrom()
                    .iterable(missing)
                    .onItem()
                    .transformToUniAndConcatenate(registry::tell)
                    .collect()
                    .last()
                    .replaceWithVoid();
        }));
    }

    private Uni<Set<QueueName>> found() {
        Map<Shard, List<String>> byShard = IntStream.range(0, Slots.COUNT)
                .mapToObj(SlotRegistries::in)
                .collect(Collectors.groupingBy(links::shardOf));
        return Multi.createFrom()
                .iterable(byShard.entrySet())
                .onItem()
                .transformToUni(shard -> found(shard.getKey(), shard.getValue()))
                .merge()
                .collect()
                .in(HashSet::new, Set::addAll);
    }

    /** What was found until a read failed. */
    private Uni<Set<QueueName>> found(Shard shard, List<String> registries) {
        Set<QueueName> found = new HashSet<>();
        return Multi.createFrom()
                .iterable(CallSize.split(registries, TOGETHER, registry -> 0))
                .onItem()
                .transformToUniAndConcatenate(part -> read(shard, part))
                .invoke(found::addAll)
                .onFailure()
                .invoke(error -> LOG.debugf(error, "%s was not gone through", shard))
                .onFailure()
                .recoverWithCompletion()
                .collect()
                .last()
                .map(last -> found);
    }

    private Uni<Set<QueueName>> read(Shard shard, List<String> registries) {
        List<Request> reads = registries.stream()
                .map(each -> Request.cmd(Command.SMEMBERS).arg(each))
                .toList();
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(links.of(shard).sendTogether(reads)))
                .map(RegistryWalk::names);
    }

    private static Set<QueueName> names(List<Response> registries) {
        Set<QueueName> names = new HashSet<>();
        registries.forEach(registry -> names.addAll(QueueRegistry.names(registry)));
        return names;
    }
}
