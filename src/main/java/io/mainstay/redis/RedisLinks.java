package io.mainstay.redis;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The command links of this instance, in lanes. An event loop always uses the same lane, its own where there are enough,
 * so that most commands and answers change threads nowhere. A lane has links of its own to every shard, so that a shard
 * in trouble holds up nobody else's commands, and to each shard one of each kind, so that claims and reads with long answers
 * hold up no enqueue, report or extension. All but those for writes are made when first wanted: an instance that nobody
 * reads from has none for reads, and a worker pool claims on one event loop.
 */
@Singleton
@Startup
class RedisLinks implements Recyclable, Topology.Listener {

    private final List<LinkLane> lanes;
    /** For enqueues that wait: their links have an event loop and a name of their own. */
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
            LinkLimits limits,
            @All List<ConnectionObserver> observers) {
        if (config.connections() < 1) {
            throw new IllegalArgumentException(
                    "mainstay.redis.connections is %d, but must be 1 or more".formatted(config.connections()));
        }
        this.topology = topology;
        this.lanes = IntStream.range(0, config.connections())
                .mapToObj(lane -> new LinkLane(
                        ((VertxInternal) vertx).createEventLoopContext(),
                        (context, kind, shard) -> new RedisLink(
                                new LinkName(kind, "-" + lane + shard.suffix()),
                                context,
                                () -> topology.where(shard),
                                connector,
                                limits,
                                observers)))
                .toList();
        durable = new LinkLane(
                ((VertxInternal) vertx).createEventLoopContext(),
                (context, kind, shard) -> new RedisLink(
                        new LinkName(kind, shard.suffix()),
                        context,
                        () -> topology.where(shard),
                        connector,
                        limits,
                        observers));
        lanes.forEach(lane -> byEventLoop.putIfAbsent(lane.context().nettyEventLoop(), lane));
        topology.listen(this);
        // Ready before the first command comes.
        lanes.forEach(lane -> lane.link(LinkKind.WRITES, Shard.ANY));
    }

    /** The link of the calling event loop, or for another thread of some, to the shard of a key. */
    RedisLink current(LinkKind kind, String key) {
        return lane(kind).link(kind, topology.shardOf(key));
    }

    /** The link for commands that any node takes. */
    RedisLink anywhere(LinkKind kind) {
        return lane(kind).link(kind, Shard.ANY);
    }

    /** A link of a kind that is open already and leads to any node. Of a cluster there are only some for writes. */
    Optional<RedisLink> open(LinkKind kind) {
        return Stream.concat(Stream.of(lane(kind)), lanes.stream())
                .flatMap(lane -> lane.open(kind, Shard.ANY).stream())
                .findFirst();
    }

    /** Whether something came in lately on the link of an event loop, see {@link #loop} and {@link #durableLoop}. Any thread. */
    boolean receiving(ContextInternal loop, LinkKind kind, String key) {
        LinkLane lane = kind == LinkKind.DURABLE ? durable : byEventLoop.get(loop.nettyEventLoop());
        return lane != null && lane.link(kind, topology.shardOf(key)).receiving();
    }

    /** The shard of a key, as far as is known. */
    Shard shardOf(String key) {
        return topology.shardOf(key);
    }

    /** The shards there are, as far as is known. */
    List<Shard> shards() {
        return shards;
    }

    /** The link of the calling event loop to a shard, for what is small. */
    RedisLink of(Shard shard) {
        return lane(LinkKind.WRITES).link(LinkKind.WRITES, shard);
    }

    /** The event loop that the caller's links for writes live on. */
    ContextInternal loop() {
        return lane(LinkKind.WRITES).context();
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
        return durable.link(LinkKind.DURABLE, topology.shardOf(key));
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

    private LinkLane lane(LinkKind kind) {
        ContextInternal context = ContextInternal.current();
        if (context == null) {
            // Threads without an event loop enqueue by the thousand, but claim and read seldom: no connections for
            // that.
            return kind == LinkKind.WRITES ? any() : lanes.get(0);
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
