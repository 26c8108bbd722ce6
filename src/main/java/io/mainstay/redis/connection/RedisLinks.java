package io.mainstay.redis.connection;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
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
 * The command links of this instance. An event loop always uses the same ones, its own where there are enough, so that most
 * commands and answers change threads nowhere. It has links of its own to every shard, so that a shard
 * in trouble holds up nobody else's commands, and to each shard one of each kind, so that claims and reads with long answers
 * hold up no enqueue, report or extension. All but those for writes are made when first wanted: an instance that nobody
 * reads from has none for reads, and a worker pool claims on one event loop.
 */
public final class RedisLinks implements Recyclable, Topology.Listener {

    private final List<EventLoopLinks> loops;
    /** For enqueues that wait: their links have an event loop and a name of their own. */
    private final EventLoopLinks durable;

    private final Topology topology;
    private final Map<Object, EventLoopLinks> byEventLoop = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Shard, RoleTurns> roleTurns = new ConcurrentHashMap<>();
    private volatile List<Shard> shards = List.of(Shard.ANY);

    public RedisLinks(
            StoreName store,
            Vertx vertx,
            Topology topology,
            Connector connector,
            LinkLimits limits,
            List<ConnectionObserver> observers) {
        this.topology = topology;
        this.loops = IntStream.range(0, limits.eventLoops())
                .mapToObj(number -> new EventLoopLinks(
                        VertxInternals.newEventLoop(vertx),
                        (loop, kind, shard) -> new RedisLink(
                                new LinkName(store, kind, "-" + number + shard.suffix()),
                                loop,
                                target(shard, limits),
                                connector,
                                limits,
                                observers)))
                .toList();
        durable = new EventLoopLinks(
                VertxInternals.newEventLoop(vertx),
                (loop, kind, shard) -> new RedisLink(
                        new LinkName(store, kind, shard.suffix()),
                        loop,
                        target(shard, limits),
                        connector,
                        limits,
                        observers));
        loops.forEach(links -> byEventLoop.putIfAbsent(links.loop().thread(), links));
        topology.listen(this);
    }

    private LinkTarget target(Shard shard, LinkLimits limits) {
        return new LinkTarget(
                () -> topology.where(shard),
                roleTurns.computeIfAbsent(shard, unknown -> new RoleTurns(limits, this::places)));
    }

    /** The shards, and any of them. */
    private int places() {
        return topology.clustered() ? shards.size() + 1 : 1;
    }

    /** Connects, to be ready before the first command comes. */
    public void start() {
        loops.forEach(links -> links.link(LinkKind.WRITES, Shard.ANY));
    }

    /** The link of the calling event loop, or for another thread of some, to the shard of a key. */
    public RedisLink current(LinkKind kind, String key) {
        return linksFor(kind).link(kind, topology.shardOf(key));
    }

    /** The link for commands that any node takes. */
    RedisLink anywhere(LinkKind kind) {
        return linksFor(kind).link(kind, Shard.ANY);
    }

    /** A link of a kind, to the shard of a key, that is open already. */
    Optional<RedisLink> open(LinkKind kind, String key) {
        Shard shard = topology.shardOf(key);
        return Stream.concat(Stream.of(linksFor(kind)), loops.stream())
                .flatMap(links -> links.open(kind, shard).stream())
                .findFirst();
    }

    /** Whether something came in lately on the link of an event loop, see {@link #loop} and {@link #durableLoop}. Any thread. */
    public boolean receiving(EventLoop loop, LinkKind kind, String key) {
        EventLoopLinks links = kind == LinkKind.DURABLE ? durable : byEventLoop.get(loop.thread());
        return links != null && links.link(kind, topology.shardOf(key)).receiving();
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
        return linksFor(LinkKind.WRITES).link(LinkKind.WRITES, shard);
    }

    /** The event loop that the caller's links for writes live on. */
    public EventLoop loop() {
        return linksFor(LinkKind.WRITES).loop();
    }

    /** Whether keys are spread over slots that may move. */
    public boolean clustered() {
        return topology.clustered();
    }

    /** An answer shows that a key was looked for in the wrong place. */
    public void refreshTopology() {
        topology.refresh();
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
        topology.refresh();
        all().forEach(links -> links.forEach(link -> link.recycle(NoticedBy.WATCHDOG, reason)));
    }

    @Override
    public void shards(Set<Shard> shards) {
        this.shards = List.copyOf(shards);
        roleTurns.keySet().removeIf(shard -> !shard.equals(Shard.ANY) && !shards.contains(shard));
        all().forEach(links -> links.retain(shards));
    }

    @Override
    public void moved(Shard shard, String why) {
        all().forEach(links -> links.recycle(shard, why));
    }

    private Stream<EventLoopLinks> all() {
        return Stream.concat(loops.stream(), Stream.of(durable));
    }

    private EventLoopLinks linksFor(LinkKind kind) {
        Object thread = VertxInternals.currentThread();
        if (thread == null) {
            // Threads without an event loop enqueue by the thousand, but claim and read seldom: no connections for
            // that.
            return kind == LinkKind.WRITES ? any() : loops.get(0);
        }
        return byEventLoop.computeIfAbsent(thread, unknown -> any());
    }

    private EventLoopLinks any() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    public void close() {
        all().forEach(links -> links.forEach(RedisLink::close));
    }
}
