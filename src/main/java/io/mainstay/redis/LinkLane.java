package io.mainstay.redis;

import io.vertx.core.impl.ContextInternal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The links of one event loop: one for each shard that was wanted from it. Thread-safe. */
final class LinkLane {

    private final ContextInternal context;
    private final BiFunction<ContextInternal, Shard, RedisLink> maker;
    private final Map<Shard, RedisLink> links = new ConcurrentHashMap<>();

    LinkLane(ContextInternal context, BiFunction<ContextInternal, Shard, RedisLink> maker) {
        this.context = context;
        this.maker = maker;
    }

    ContextInternal context() {
        return context;
    }

    RedisLink link(Shard shard) {
        RedisLink link = links.get(shard);
        return link != null ? link : links.computeIfAbsent(shard, wanted -> maker.apply(context, wanted));
    }

    void recycle(Shard shard, String reason) {
        RedisLink link = links.get(shard);
        if (link != null) {
            link.recycle(reason);
        }
    }

    /** Closes the links of other shards. */
    void retain(Set<Shard> shards) {
        for (Shard shard : links.keySet()) {
            if (!shard.equals(Shard.ANY) && !shards.contains(shard)) {
                links.remove(shard).close();
            }
        }
    }

    void forEach(Consumer<RedisLink> action) {
        links.values().forEach(action);
    }
}
