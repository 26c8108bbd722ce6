package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.Shard;
import io.mainstay.vertx.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * Listens to a channel at the node of each shard of a cluster, where messages come at once. The bus between the nodes holds a message back while
 * one before it is not acknowledged, by up to 40 ms. Nothing relies on these subscriptions but speed: every message comes to the supervised
 * one as well. So one that ended is opened again a second later, and nobody judges its silence. Every node passes every message on to whoever
 * listens there, so in a cluster of more than {@value #MOST_SHARDS} shards nobody does. Confined to an event loop.
 */
final class ShardListeners {

    private static final Logger LOG = Logger.getLogger(ShardListeners.class);

    static final int MOST_SHARDS = 6;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** Then an attempt is given up. */
    private static final long LONGEST_ATTEMPT = TimeUnit.SECONDS.toNanos(5);

    private final EventLoop loop;
    private final PubSubTransport transport;
    private final String channel;
    private final BiConsumer<Shard, String> told;
    private final GuardedTasks tasks;
    private final Map<Shard, Listening> all = new HashMap<>();
    private volatile boolean closed;

    private static final class Listening {
        final Subscription subscription;
        final long begun = System.nanoTime();
        boolean open;

        Listening(Subscription subscription) {
            this.subscription = subscription;
        }

        boolean stuck() {
            return !open && System.nanoTime() - begun > LONGEST_ATTEMPT;
        }
    }

    /** @param told gets what comes from the node of a shard, on the event loop */
    ShardListeners(EventLoop loop, PubSubTransport transport, String channel, BiConsumer<Shard, String> told) {
        this.loop = loop;
        this.transport = transport;
        this.channel = channel;
        this.told = told;
        this.tasks = new GuardedTasks(loop, () -> closed);
    }

    void start() {
        if (!transport.clustered()) {
            return;
        }
        tasks.later(() -> {
            look();
            loop.setPeriodic(LOOK_EVERY.toMillis(), timer -> {
                if (closed) {
                    loop.cancelTimer(timer);
                } else {
                    tasks.now(this::look);
                }
            });
        });
    }

    /** Idempotent. Any thread. */
    void close() {
        if (!closed) {
            closed = true;
            loop.later(() -> all.values().forEach(each -> each.subscription.abandon()));
        }
    }

    private void look() {
        List<Shard> shards = transport.shards();
        boolean few = shards.size() > 1 && shards.size() <= MOST_SHARDS;
        Set<Shard> wanted = few ? new HashSet<>(shards) : Set.of();
        all.entrySet().removeIf(each -> {
            Listening listening = each.getValue();
            boolean over = listening.subscription.over() || listening.stuck() || !wanted.contains(each.getKey());
            if (over) {
                listening.subscription.abandon();
            }
            return over;
        });
        wanted.stream().filter(shard -> !all.containsKey(shard)).forEach(this::open);
    }

    private void open(Shard shard) {
        Listening listening = new Listening(new Subscription(loop, List.of(channel), List.of(), new Receiver(shard)));
        all.put(shard, listening);
        listening
                .subscription
                .open(() -> transport.connect(loop, shard))
                .onSuccess(opened -> listening.open = true)
                .onFailure(error -> LOG.debugf(error, "no direct wake-ups from shard %s", shard));
    }

    private final class Receiver implements Subscription.Receiver {
        private final Shard shard;

        Receiver(Shard shard) {
            this.shard = shard;
        }

        @Override
        public void heard(Subscription from) {}

        @Override
        public void message(Subscription from, String on, String text) {
            tasks.now(() -> told.accept(shard, text));
        }

        @Override
        public void ended(Subscription from, String why, Throwable cause) {
            LOG.debugf(cause, "direct wake-ups from shard %s ended: %s", shard, why);
        }
    }
}
