package io.mainstay.redis.connection;

import io.mainstay.health.LinkKind;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.vertx.EventLoop;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The links of one event loop: one of each kind for each shard, made when first wanted. Thread-safe. */
final class EventLoopLinks {

    /** Makes a link. */
    interface Maker {
        RedisLink make(EventLoop loop, LinkKind kind, Shard shard);
    }

    private final EventLoop loop;
    private final Maker maker;
    private final Map<LinkKind, Map<Shard, RedisLink>> links = new EnumMap<>(LinkKind.class);

    EventLoopLinks(EventLoop loop, Maker maker) {
        this.loop = loop;
        this.maker = maker;
        for (LinkKind kind : LinkKind.values()) {
            links.put(kind, new ConcurrentHashMap<>());
        }
    }

    EventLoop loop() {
        return loop;
    }

    RedisLink link(LinkKind kind, Shard shard) {
        Map<Shard, RedisLink> ofKind = links.get(kind);
        RedisLink link = ofKind.get(shard);
        return link != null ? link : ofKind.computeIfAbsent(shard, wanted -> maker.make(loop, kind, wanted));
    }

    /** The same, if it was wanted before. */
    Optional<RedisLink> open(LinkKind kind, Shard shard) {
        return Optional.ofNullable(links.get(kind).get(shard));
    }

    /** Somebody says that the shard is elsewhere. */
    void recycle(Shard shard, String reason) {
        for (Map<Shard, RedisLink> ofKind : links.values()) {
            RedisLink link = ofKind.get(shard);
            if (link != null) {
                link.recycle(NoticedBy.ROLE_CHANGE, reason);
            }
        }
    }

    /** Closes the links of other shards. */
    void retain(Set<Shard> shards) {
        for (Map<Shard, RedisLink> ofKind : links.values()) {
            for (Shard shard : ofKind.keySet()) {
                if (!shard.equals(Shard.ANY) && !shards.contains(shard)) {
                    ofKind.remove(shard).close();
                }
            }
        }
    }

    void forEach(Consumer<RedisLink> action) {
        links.values().forEach(ofKind -> ofKind.values().forEach(action));
    }
}
