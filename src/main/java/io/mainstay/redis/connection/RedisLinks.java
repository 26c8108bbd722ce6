package io.mainstay.redis.connection;

import io.mainstay.queue.ConnectionObserver;
import io.mainstay.queue.LinkKind;
import io.mainstay.queue.Recyclable;
import io.vertx.core.Vertx;
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
public final class RedisLinks implements Recyclable, Topology.Listener {

    private final List<LinkLane> lanes;
    /** For enqueues that wait: their links have an event loop and a name of their own. */
    private final LinkLane durable;

    private final Topology topology;
    private final Map<Object, LinkLane> byEventLoop = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<Shard> shards = List.of(Shard.ANY);

    public RedisLinks(
            StoreName store,
            Vertx vertx,
            Topology topology,
            Connector connector,
            LinkLimits limits,
            List<ConnectionObserver> observers) {
        this.topology = topology;
        this.lanes = IntStream.range(0, limits.eventLoops())
                .mapToObj(lane -> new LinkLane(
                        VertxInternals.newEventLoop(vertx),
                        (loop, kind, shard) -> new RedisLink(
                                new LinkName(store, kind, "-" + lane + shard.suffix()),
                                loop,
                                () -> topology.where(shard),
                                connector,
                                limits,
                                observers)))
                .toList();
        durable = new LinkLane(
                VertxInternals.newEventLoop(vertx),
                (loop, kind, shard) -> new RedisLink(
                        new LinkName(store, kind, shard.suffix()),
                        loop,
                        () -> topology.where(shard),
                        connector,
                        limits,
                        observers));
        lanes.forEach(lane -> byEventLoop.putIfAbsent(lane.loop().thread(), lane));
        topology.listen(this);
    }

    /** Connects, to be ready before the first command comes. */
    public void start() {
        lanes.forEach(lane -> lane.link(LinkKind.WRITES, Shard.ANY));
    }

    /** The link of the calling event loop, or for another thread of some, to the shard of a key. */
    public RedisLink current(LinkKind kind, String key) {
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
    public boolean receiving(EventLoop loop, LinkKind kind, String key) {
        LinkLane lane = kind == LinkKind.DURABLE ? durable : byEventLoop.get(loop.thread());
        return lane != null && lane.link(kind, topology.shardOf(key)).receiving();
    }

    /** The shard of a key, as far as is known. */
    public Shard shardOf(String key) {
        return topology.shardOf(key);
    }

    /** The shards there are, as far as is known. */
    public List<Shard> shards() {
        return shards;
    }

    /** The link of the calling event loop to a shard, for what is small. */
    public RedisLink of(Shard shard) {
        return lane(LinkKind.WRITES).link(LinkKind.WRITES, shard);
    }

    /** The event loop that the caller's links for writes live on. */
    public EventLoop loop() {
        return lane(LinkKind.WRITES).loop();
    }

    /** Whether keys are spread over slots that may move. */
    public boolean clustered() {
        return topology.clustered();
    }

    /** An answer shows that a key was looked for in the wrong place. */
    public void misled() {
        topology.misled();
    }

    /** The link for enqueues that wait for replicas or disks, to the shard of a key; made on first use. */
    public RedisLink durable(String key) {
        return durable.link(LinkKind.DURABLE, topology.shardOf(key));
    }

    /** The event loop that those links live on. */
    public EventLoop durableLoop() {
        return durable.loop();
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
        Object thread = VertxInternals.currentThread();
        if (thread == null) {
            // Threads without an event loop enqueue by the thousand, but claim and read seldom: no connections for
            // that.
            return kind == LinkKind.WRITES ? any() : lanes.get(0);
        }
        return byEventLoop.computeIfAbsent(thread, unknown -> any());
    }

    private LinkLane any() {
        return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
    }

    public void close() {
        all().forEach(lane -> lane.forEach(RedisLink::close));
    }
}
