package io.mainstay.redis.connection;

import io.vertx.core.Future;
import java.util.Set;

/**
 * Knows which node takes commands about a key, and finds out again when that changes. Links ask it before each connect;
 * they check for themselves that the node takes writes. Thread-safe; nothing here waits.
 */
public interface Topology extends AutoCloseable {

    /** Hears of changes, on any thread; must return at once. */
    interface Listener {

        /** These are the shards there are; links to others lead nowhere. {@link Shard#ANY} is always there. */
        void shards(Set<Shard> shards);

        /** A shard's commands are to go to another node than before. */
        void moved(Shard shard, String why);
    }

    void listen(Listener listener);

    /** The shard of a key, as far as is known now. */
    Shard shardOf(String key);

    /** Looks up where the shard's commands go. Fails after a bounded time, for example if there is no such shard. */
    Future<Node> where(Shard shard);

    /** Looks up a node to subscribe at. Fails after a bounded time. */
    Future<Node> forSubscription();

    /** Something showed that what is known here is wrong: find out soon. May be called for every failed command. */
    void refresh();

    /** Whether keys are spread over slots, which may move from node to node. */
    boolean clustered();

    @Override
    default void close() {}
}
