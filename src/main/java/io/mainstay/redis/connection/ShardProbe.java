package io.mainstay.redis.connection;

import io.mainstay.health.LinkKind;
import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks whether Redis answers, each shard of a cluster separately, over the links that calls use. In a cluster it reads a
 * key, because a node that considers the cluster down still answers a PING.
 */
public final class ShardProbe {

    private final RedisCalls calls;
    private final RedisLinks links;

    public ShardProbe(RedisCalls calls, RedisLinks links) {
        this.calls = calls;
        this.links = links;
    }

    /**
     * A shard answers if an answer comes on one open link of each kind that there is.
     *
     * @param keys the shards that have these are asked
     * @param within how long an answer may take where there are several shards
     * @return the shards that do not answer; fails if none does
     */
    public Uni<List<String>> silent(List<String> keys, Duration within) {
        Map<Shard, String> asked = new LinkedHashMap<>();
        keys.forEach(key -> asked.putIfAbsent(links.shardOf(key), key));
        if (asked.size() == 1) {
            return answers(keys.get(0)).replaceWith(List.of());
        }
        List<Uni<Optional<String>>> looks = asked.entrySet().stream()
                .map(each -> silent(each.getKey(), each.getValue(), within))
                .toList();
        return Uni.join()
                .all(looks)
                .andCollectFailures()
                .map(found -> found.stream().flatMap(Optional::stream).toList())
                .invoke(silent -> {
                    if (silent.size() == asked.size()) {
                        throw new StoreUnavailableException("no shard answers", null);
                    }
                });
    }

    private Uni<Optional<String>> silent(Shard shard, String key, Duration within) {
        return answers(key)
                .map(answered -> Optional.<String>empty())
                .ifNoItem()
                .after(within)
                .fail()
                .onFailure()
                .recoverWithItem(Optional.of(shard.name()));
    }

    private Uni<Void> answers(String key) {
        Request request = links.clustered() ? Request.cmd(Command.EXISTS).arg(key) : Request.cmd(Command.PING);
        List<Uni<Response>> asked = Stream.of(LinkKind.WRITES, LinkKind.CLAIMS, LinkKind.READS)
                .filter(kind -> kind == LinkKind.WRITES || links.open(kind, key).isPresent())
                .map(kind -> calls.call(
                        () -> links.open(kind, key).orElseGet(() -> links.current(kind, key)),
                        link -> link.send(request),
                        calls.timeout()))
                .toList();
        return Uni.join().all(asked).andFailFast().replaceWithVoid();
    }
}
