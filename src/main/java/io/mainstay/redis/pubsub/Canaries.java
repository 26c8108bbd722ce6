package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.Shard;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The canaries of a subscription, over all its generations: published, counted, known again. Confined to its event loop, but for
 * {@link #proven}.
 */
final class Canaries {

    private final PubSubTransport transport;
    private final SubscriptionPlan plan;
    private final CanaryNumbers numbers = new CanaryNumbers();
    private final ShardProofs proofs;

    Canaries(PubSubTransport transport, SubscriptionPlan plan, Duration interval) {
        this.transport = transport;
        this.plan = plan;
        this.proofs = new ShardProofs(interval);
    }

    /** There is a new subscription, of which nothing is known. */
    void beginAnew() {
        proofs.reset();
    }

    /**
     * Sends those whose turn it is.
     *
     * @param taken told of each that Redis took, on any thread, as the next
     */
    void send(long now, LongConsumer taken, Consumer<Throwable> failed) {
        List<Shard> turn = plan.byShard() ? proofs.next(transport.shards()) : List.of(Shard.ANY);
        for (Shard by : turn) {
            long number = numbers.next();
            proofs.sent(by, number, now);
            transport
                    .publish(by, plan.canaryChannel(), Long.toString(number))
                    .subscribe()
                    .with(done -> taken.accept(number), failed);
        }
    }

    /** One came back; empty if it is none of ours. */
    OptionalLong back(String text) {
        OptionalLong number = numbers.read(text);
        number.ifPresent(proofs::back);
        return number;
    }

    /**
     * Of several shards, whether one is proven no longer. The others are to be asked then, for whether it is all of them the subscription
     * as a whole tells.
     */
    boolean shardLost(long now) {
        return transport.shards().size() > 1 && proofs.judge(now);
    }

    /** Whether they came back lately that went by the shard of a key. Any thread. */
    boolean proven(String key) {
        return transport.shards().size() == 1 || proofs.proven(transport.shardOf(key));
    }
}
