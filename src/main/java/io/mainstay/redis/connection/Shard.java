package io.mainstay.redis.connection;

import java.util.Optional;

/**
 * Those nodes of which one takes the commands about a key: all there are, or in a cluster those that hold its slot.
 *
 * @param primary what tells shards of a cluster apart; empty where there is one only, or none is known yet
 */
public record Shard(Optional<Node> primary) {

    /** The only one; in a cluster, whichever takes a command. */
    public static final Shard ANY = new Shard(Optional.empty());

    public static Shard of(Node primary) {
        return new Shard(Optional.of(primary));
    }

    /** For people. */
    String name() {
        return primary.map(Node::toString).orElse("unknown");
    }

    /** What links to it add to their names. */
    String suffix() {
        return primary.map(node -> "-" + node).orElse("");
    }
}
