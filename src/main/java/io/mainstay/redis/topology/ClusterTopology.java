package io.mainstay.redis.topology;

import io.mainstay.redis.connection.LinkLostException;
import io.mainstay.redis.connection.MisconfiguredException;
import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.NodeQuery;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.connection.Topology;
import io.mainstay.redis.connection.fault.SettingNames;
import io.mainstay.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A Redis cluster: a map of slots, read from whichever node answers. It is read again when a link is lost, when an answer
 * shows that it is wrong (MOVED, ASK, CLUSTERDOWN), often for some seconds after that (a promotion is announced by
 * nobody), and now and then.
 */
final class ClusterTopology implements Topology {

    private static final Logger LOG = Logger.getLogger(ClusterTopology.class);
    private static final Duration SELDOM = Duration.ofSeconds(10);
    /** A node that has not answered by then is not waited for: the next is asked beside it. */
    private static final long HEAD_START_MS = 100;

    private static final Pattern CLUSTER_OFF = Pattern.compile("^ERR.*cluster support disabled");

    private final EventLoop loop;
    private final List<Node> seeds;
    private final NodeQuery query;
    private final SettingNames names;
    private final AdaptiveRefresh<SlotMap> refresh;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile SlotMap map = SlotMap.NONE;

    /** @param seeds some nodes of the cluster; the others are found through them */
    ClusterTopology(EventLoop loop, List<Node> seeds, NodeQuery query, SettingNames names) {
        this.names = names;
        this.loop = loop;
        this.seeds = List.copyOf(seeds);
        this.query = query;
        this.refresh = new AdaptiveRefresh<>(loop, SELDOM, this::look);
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public Shard shardOf(String key) {
        return map.shard(Slots.of(key));
    }

    @Override
    public Future<Node> where(Shard shard) {
        return latest().compose(read -> {
            List<Node> primaries = read.primaries();
            if (shard.equals(Shard.ANY)) {
                return Future.succeededFuture(
                        primaries.get(ThreadLocalRandom.current().nextInt(primaries.size())));
            }
            return shard.primary()
                    .filter(primaries::contains)
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture(new LinkLostException("the node is no longer primary", null)));
        });
    }

    /** Whoever told the map answers, and a message published at any node reaches all of them. */
    @Override
    public Future<Node> forSubscription() {
        return refresh.now().map(SlotMap::toldBy);
    }

    @Override
    public void refresh() {
        refresh.soon();
    }

    @Override
    public boolean clustered() {
        return true;
    }

    @Override
    public void close() {
        refresh.close();
    }

    /** What is known, unless there is doubt; a second question soon after the first is doubt. */
    private Future<SlotMap> latest() {
        SlotMap known = map;
        if (known == SlotMap.NONE || !refresh.credible()) {
            return refresh.now();
        }
        refresh.soon();
        return Future.succeededFuture(known);
    }

    private Future<SlotMap> look() {
        Set<Node> known = new LinkedHashSet<>(map.nodes());
        known.addAll(seeds);
        List<Node> shuffled = new ArrayList<>(known);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        Promise<SlotMap> first = loop.promise();
        new Round(shuffled.iterator(), first).askNext();
        return first.future().onSuccess(this::seen);
    }

    private void seen(SlotMap read) {
        if (map != SlotMap.NONE && !map.shards().equals(read.shards())) {
            LOG.infof("Redis: primaries are now %s", read.primaries());
        }
        map = read;
        listeners.forEach(listener -> listener.shards(read.shards()));
    }

    /** Asks nodes one after the other, the next when one fails or is late; the first map counts. On the event loop. */
    private final class Round {

        private final Iterator<Node> nodes;
        private final Promise<SlotMap> first;
        private int underWay;

        Round(Iterator<Node> nodes, Promise<SlotMap> first) {
            this.nodes = nodes;
            this.first = first;
        }

        void askNext() {
            if (first.future().isComplete() || !nodes.hasNext()) {
                return;
            }
            Node node = nodes.next();
            underWay++;
            long timer = loop.setTimer(HEAD_START_MS, fired -> askNext());
            query.ask(node, Request.cmd(Command.CLUSTER).arg("SLOTS"))
                    .map(ranges -> SlotMap.read(ranges, node))
                    .onComplete(answer -> loop.execute(() -> {
                        underWay--;
                        if (answer.succeeded()) {
                            first.tryComplete(answer.result());
                        } else {
                            failed(node, answer.cause(), loop.cancelTimer(timer));
                        }
                    }));
        }

        private LinkLostException noCluster(Node node, Throwable why) {
            return CLUSTER_OFF.matcher(String.valueOf(why.getMessage())).find()
                    ? new MisconfiguredException(
                            "%s is not a cluster node; set %s=standalone".formatted(node, names.clientType()), why)
                    : new LinkLostException("no node of the cluster answers: " + why.getMessage(), why);
        }

        private void failed(Node node, Throwable why, boolean early) {
            LOG.debugf("%s does not report its slots: %s", node, why.getMessage());
            if (early) {
                askNext();
            }
            if (underWay == 0 && !nodes.hasNext()) {
                first.tryFail(noCluster(node, why));
            }
        }
    }
}
