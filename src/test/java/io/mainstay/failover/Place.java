package io.mainstay.failover;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.store.RedisKeys;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where queues are kept: in the only store, or in one of two.
 *
 * @param node who has them at the moment
 * @param name of a queue there
 */
record Place(Supplier<RedisNode> node, UnaryOperator<QueueName> name) {

    /** The only store, or the first. */
    static Place first(Supplier<RedisNode> node) {
        return new Place(node, queue -> queue);
    }

    static Place second(Supplier<RedisNode> node) {
        return new Place(node, QueueName::inSecondStore);
    }

    String keys(String queue) {
        return new RedisKeys(name.apply(new QueueName(queue))).base();
    }

    StoredJobs jobs(String queue) {
        return new StoredJobs(node, name.apply(new QueueName(queue)));
    }

    String call(String... command) {
        return node.get().call(command);
    }
}
