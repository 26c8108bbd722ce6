package io.mainstay.redis.topology;

import io.mainstay.redis.connection.LinkLostException;
import io.mainstay.redis.connection.MisconfiguredException;
import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.NodeQuery;
import io.mainstay.redis.connection.NodeRole;
import io.mainstay.redis.connection.RetryDecision;
import io.mainstay.redis.connection.SentinelQuery;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.connection.Topology;
import io.mainstay.redis.connection.fault.SettingNames;
import io.mainstay.vertx.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The primary that sentinels name. All are asked at once, and the one with the newest configuration is believed: during a
 * failover the sentinel that leads it knows the new primary first, and the others, still a majority, name the old one,
 * which may be there and take writes that will be lost. So they are asked twice a second even if all is well, on connections that
 * are kept. One that is
 * cut off costs a quarter of a second, one that is dead nothing.
 *
 * <p>Sentinels go on naming a primary that handed over by itself ({@code FAILOVER TO}) for some 20 s. So the node they
 * name is asked for its role, and if it is a replica, the node that it follows is the primary.
 */
final class SentinelTopology implements Topology {

    private static final Logger LOG = Logger.getLogger(SentinelTopology.class);
    private static final Duration SELDOM = Duration.ofMillis(500);
    /** Then those that have answered decide. */
    private static final long VOTE_MS = 250;

    private static final int MOST_HOPS = 3;
    private static final Pattern NO_SENTINEL =
            Pattern.compile("^ERR .*unknown command.*sentinel", Pattern.CASE_INSENSITIVE);

    private final EventLoop loop;
    private final List<SentinelQuery> sentinels;
    private final String masterName;
    private final NodeQuery query;
    private final SettingNames names;
    private final AdaptiveRefresh<Node> refresh;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Node primary;

    SentinelTopology(
            EventLoop loop, List<SentinelQuery> sentinels, String masterName, NodeQuery query, SettingNames names) {
        this.names = names;
        this.loop = loop;
        this.sentinels = List.copyOf(sentinels);
        this.masterName = masterName;
        this.query = query;
        this.refresh = new AdaptiveRefresh<>(loop, SELDOM, this::look);
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public Shard shardOf(String key) {
        return Shard.ANY;
    }

    /** What is known, unless there is doubt; a second question soon after the first is doubt. */
    @Override
    public Future<Node> where(Shard shard) {
        Node known = primary;
        if (known == null || !refresh.credible()) {
            return refresh.now();
        }
        refresh.soon();
        return Future.succeededFuture(known);
    }

    @Override
    public Future<Node> forSubscription() {
        return where(Shard.ANY);
    }

    @Override
    public void refresh() {
        refresh.soon();
    }

    @Override
    public boolean clustered() {
        return false;
    }

    @Override
    public void close() {
        refresh.close();
        loop.execute(() -> sentinels.forEach(SentinelQuery::close));
    }

    private Future<Node> look() {
        return vote().compose(named ->
                        named.equals(primary) && !refresh.frequent() ? Future.succeededFuture(named) : follow(named, 1))
                .onSuccess(this::seen)
                .onFailure(error -> LOG.debugf("No primary found: %s", error.getMessage()));
    }

    private void seen(Node found) {
        Node before = primary;
        primary = found;
        if (before != null && !before.equals(found)) {
            String why = "the primary is now " + found + ", no longer " + before;
            LOG.info("Redis: " + why);
            listeners.forEach(listener -> listener.moved(Shard.ANY, why));
        }
    }

    private Future<Node> follow(Node node, int hops) {
        return query.ask(node, NodeRole.request())
                .recover(RetryDecision::unlessForbidden)
                .compose(role -> {
                    if (!NodeRole.isReplica(role)) {
                        return Future.succeededFuture(node);
                    }
                    return hops == MOST_HOPS || role.size() < 3
                            ? Future.failedFuture(new LinkLostException(node + " is a replica", null))
                            : follow(
                                    new Node(role.get(1).toString(), role.get(2).toInteger()), hops + 1);
                });
    }

    private Future<Node> vote() {
        Vote vote = new Vote(loop.promise());
        List<Request> questions = List.of(
                Request.cmd(Command.SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(masterName),
                Request.cmd(Command.SENTINEL).arg("MASTER").arg(masterName));
        // In doubt on new connections: what is wrong may be wrong with those that were kept.
        boolean afresh = refresh.frequent();
        for (SentinelQuery sentinel : sentinels) {
            sentinel.ask(questions, afresh).onComplete(answers -> loop.execute(() -> vote.add(answers)));
        }
        long timer = loop.setTimer(VOTE_MS, fired -> vote.end());
        return vote.outcome.future().onComplete(done -> loop.cancelTimer(timer));
    }

    /** How new a configuration is: counted up by the sentinels with every failover. */
    private static long epochIn(Response master) {
        return master.containsKey("config-epoch") ? master.get("config-epoch").toLong() : 0;
    }

    /** What one sentinel says. */
    private record Word(long epoch, Node primary) {}

    /** One vote of the sentinels; on the event loop. */
    private final class Vote {

        private final Promise<Node> outcome;
        private final Map<Word, Integer> votes = new HashMap<>();
        private int answers;
        private boolean timeIsUp;
        private Throwable failure;

        Vote(Promise<Node> outcome) {
            this.outcome = outcome;
        }

        void add(AsyncResult<List<Response>> said) {
            answers++;
            if (said.failed()) {
                failure = failure instanceof MisconfiguredException ? failure : explained(said.cause());
            } else if (said.result().get(0) != null && said.result().get(0).size() == 2) {
                Response address = said.result().get(0);
                Node named = new Node(address.get(0).toString(), address.get(1).toInteger());
                votes.merge(new Word(epochIn(said.result().get(1)), named), 1, Integer::sum);
            }
            if (answers == sentinels.size() || timeIsUp) {
                decide();
            }
        }

        void end() {
            timeIsUp = true;
            decide();
        }

        private Throwable explained(Throwable why) {
            String reply = String.valueOf(why.getMessage());
            if (NO_SENTINEL.matcher(reply).find()) {
                return new MisconfiguredException(
                        "%s names servers that are not sentinels; name sentinels there, or set %s=standalone"
                                .formatted(names.hosts(), names.clientType()),
                        why);
            }
            return reply.contains("No such master")
                    ? new MisconfiguredException(
                            "no sentinel knows a primary %s; correct %s".formatted(masterName, names.masterName()), why)
                    : why;
        }

        /** The newest word; among words of the same age, that of most. */
        private void decide() {
            votes.entrySet().stream()
                    .max(Comparator.comparingLong((Map.Entry<Word, Integer> each) ->
                                    each.getKey().epoch())
                            .thenComparing(Map.Entry.comparingByValue()))
                    .ifPresent(newest -> outcome.tryComplete(newest.getKey().primary()));
            if (answers == sentinels.size()) {
                outcome.tryFail(failure == null ? new LinkLostException("sentinels know no primary", null) : failure);
            }
        }
    }
}
