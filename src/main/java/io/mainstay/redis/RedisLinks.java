package io.mainstay.redis;

import io.mainstay.queue.ConnectionObserver;
import io.mainstay.queue.LinkKind;
import io.mainstay.queue.Recyclable;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The command links of this instance, in lanes. An event loop always uses the same lane, its own where there are enough,
 * so that most commands and answers change threads nowhere. A lane has a link of its own to every shard, so that a shard
 * in trouble holds up nobody else's commands.
 */
@Singleton
@Startup
class RedisLinks implements Recyclable, Topology.Listener {

    private final List<LinkLane> lanes;
    /** For enqueues that wait for replicas or disks: a wait holds up whatever else is on its connection. */
    private final LinkLane durable;

    private final Topology topology;
    private final Map<Object, LinkLane> byEventLoop = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<Shard> shards = List.of(Shard.ANY);

    RedisLinks(
            Vertx vertx,
            Topology topology,
            Connector connector,
            RedisConfig config,
            @All List<ConnectionObserver> observers) {
        if (config.connections() < 1) {
            throw new IllegalArgumentException(
                    "mainstay.redis.connections is %d, but must be 1 or more".formatted(config.connections()));
        }
        this.topology = topology;
        this.lanes = IntStream.range(0, config.connections())
                .mapToObj(lane -> new LinkLane(
                        ((VertxInternal) vertx).createEventLoopContext(),
                        (context, shard) -> new RedisLink(
                                new LinkName(LinkKind.COMMANDS, "-" + lane + shard.suffix()),
                                context,
                                () -> topology.where(shard),
                                connector,
                                config,
                                observers)))
                .toList();
        durable = new LinkLane(
                ((VertxInternal) vertx).createEventLoopContext(),
                (context, shard) -> new RedisLink(
                        new LinkName(LinkKind.DURABLE, shard.suffix()),
                        context,
                        () -> topology.where(shard),
                        connector,
                        config,
                        observers));
        lanes.forEach(lane -> byEventLoop.putIfAbsent(lane.context().nettyEventLoop(), lane));
        topology.listen(this);
        // Ready before the first command comes.
        lanes.forEach(lane -> lane.link(Shard.ANY));
    }

    /** The link of the calling event loop, or for another thread of any, to the shard of a key. */
    RedisLink current(String key) {
        return lane().link(topology.shardOf(key));
    }

    /** The link for commands that any node takes. */
    RedisLink anywhere() {
        return lane().link(Shard.ANY);
    }

    /** The shard of a key, as far as is known. */
    Shard shardOf(String key) {
        return topology.shardOf(key);
    }

    /** The shards there are, as far as is known. */
    List<Shard> shards() {
        return shards;
    }

    /** The link of the calling event loop to a shard. */
    RedisLink of(Shard shard) {
        return lane().link(shard);
    }

    /** The event loop that the caller's links live on. */
    ContextInternal loop() {
        return lane().context();
    }

    /** Whether keys are spread over slots that may move. */
    boolean clustered() {
        return topology.clustered();
    }

    /** An answer shows that a key was looked for in the wrong place. */
    void misled() {
        topology.misled();
    }

    /** The link for enqueues that wait for replicas or disks, to the shard of a key; made on first use. */
    RedisLink durable(String key) {
        return durable.link(topology.shardOf(key));
    }

    /** The event loop that those links live on. */
    ContextInternal durableLoop() {
        return durable.context();
    }

    @Override
    public String name() {
        return "links";
    }

    @Override
    public void recycle(String reason) {
        topology.misled();
        all().forEach(lane -> lane.forEach(link -> link.recycle(reason)));
    }

    @Override
    public void shards(Set<Shard> shards) {
        this.shards = List.copyOf(shards);
        all().forEach(lane -> lane.retain(shards));
    }

    @Override
    public void moved(Shard shard, String why) {
        all().forEach(lane -> lane.recycle(shard, why));
    }

    private Stream<LinkLane> all() {
        return Stream.concat(lanes.stream(), Stream.of(durable));
    }

    private LinkLane lane() {
        ContextInternal context = ContextInternal.current();
        if (context == null) {
            return any();
        }
        return byEventLoop.computeIfAbsent(context.nettyEventLoop(), loop -> any());
    }

    private LinkLane any() {
        return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
    }

    /** After everybody who still has something to say, and before anything is torn down. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        close();
    }

    void close() {
        all().forEach(lane -> lane.forEach(RedisLink::close));
    }
}
