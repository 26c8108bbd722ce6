package io.mainstay.redis;

import java.util.Optional;

/**
 * Those nodes of which one takes the commands about a key: all there are, or in a cluster those that hold its slot.
 *
 * @param primary what tells shards of a cluster apart; empty where there is one only, or none is known yet
 */
record Shard(Optional<Node> primary) {

    /** The only one; in a cluster, whichever takes a command. */
    static final Shard ANY = new Shard(Optional.empty());

    static Shard of(Node primary) {
        return new Shard(Optional.of(primary));
    }

    /** What links to it add to their names. */
    String suffix() {
        return primary.map(node -> "-" + node).orElse("");
    }
}
