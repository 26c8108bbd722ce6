package io.mainstay.redis.check;

import io.mainstay.inspection.Objection;
import io.mainstay.redis.connection.RedisLink;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.RetryDecision;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.connection.StoreGate;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.connection.fault.SettingNames;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Checks Redis before the first call, after a lost link, and periodically: whether a version that cannot work beside this one
 * wrote its data, and whether it is set up to keep jobs. The start of the service waits for none of this; calls do, see
 * {@link StoreGate}. What is asked goes over the links that calls use.
 *
 * <p>What the settings of a node forbid keeps an instance from beginning; one that works goes on and warns. Otherwise
 * one changed setting, or a replica with other settings that is promoted, would end all work at once, which is worse
 * than what it may lead to. A shard of a cluster that does not answer is looked at when it does.
 */
public final class Inspector {

    private static final long WHILE_UNKNOWN_MS = 25;
    private static final long WHILE_REFUSED_MS = 1000;
    private static final long TICK_MS = 1000;
    /** Spread, so that instances that began together do not ask together. */
    private static final int TICKS_WITHOUT_DOUBT = 60;

    private final EventLoop loop;
    private final RedisLinks links;
    private final StoreGate gate;
    private final SettingsCheck settings;
    private final SchemaCheck schema;
    private final ModeCheck mode;
    private final InspectionLog log;
    /** What each node was when it was last looked at. */
    private final Map<Shard, String> lives = new ConcurrentHashMap<>();

    private volatile List<Finding> latest = List.of();
    private boolean worked;
    private int doubtsSeen;
    private int ticksLeft;
    private volatile boolean closed;

    public Inspector(
            StoreName store,
            Vertx vertx,
            RedisLinks links,
            StoreGate gate,
            SettingsCheck settings,
            SchemaCheck schema) {
        this.loop = VertxInternals.newEventLoop(vertx);
        this.links = links;
        this.log = new InspectionLog(store);
        this.gate = gate;
        this.settings = settings;
        this.schema = schema;
        this.mode = new ModeCheck(new SettingNames(store.value(), Optional.empty()), links.clustered());
    }

    public void start() {
        loop.later(this::look);
    }

    public void close() {
        closed = true;
    }

    private void look() {
        if (closed) {
            return;
        }
        int doubts = gate.doubts();
        Future<List<Finding>> found;
        try {
            found = schema.examine(links).recover(this::unlessOfCluster).compose(finding -> nodes().map(ofNodes -> {
                List<Finding> all = new ArrayList<>(finding.stream().toList());
                all.addAll(ofNodes);
                return all;
            }));
        } catch (RuntimeException e) {
            found = Future.failedFuture(e);
        }
        found.onComplete(result -> loop.later(() -> {
            log.faults(gate.faults());
            if (result.succeeded()) {
                doubtsSeen = doubts;
                ticksLeft = TICKS_WITHOUT_DOUBT + ThreadLocalRandom.current().nextInt(TICKS_WITHOUT_DOUBT / 4);
                decide(result.result());
            } else {
                log.unanswered(result.cause());
            }
            later();
        }));
    }

    private void later() {
        long wait = gate.open() ? TICK_MS : gate.refusal().isPresent() ? WHILE_REFUSED_MS : WHILE_UNKNOWN_MS;
        loop.setTimer(wait, timer -> {
            if (!gate.open() || doubtsSeen != gate.doubts() || --ticksLeft <= 0) {
                look();
            } else {
                later();
            }
        });
    }

    /** What the latest look found. Any thread. */
    List<Objection> objections() {
        return latest.stream().map(Finding::objection).toList();
    }

    private void decide(List<Finding> found) {
        latest = List.copyOf(found);
        List<String> reasons = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Finding finding : found) {
            boolean refused = finding.severity() == Finding.Severity.STOP
                    || finding.severity() == Finding.Severity.NO_START && !worked;
            (refused ? reasons : warnings).add(finding.sentence());
        }
        if (reasons.isEmpty()) {
            worked = true;
            gate.open(warnings);
            log.open(warnings);
        } else {
            gate.refuse(String.join("; ", reasons), warnings);
            log.refused(reasons);
        }
    }

    /** Who takes a cluster for a single node is sent elsewhere for good. */
    private Future<Optional<Finding>> unlessOfCluster(Throwable error) {
        Optional<Finding> found =
                RetryDecision.of(error) == RetryDecision.REROUTE ? mode.sentElsewhere() : Optional.empty();
        return found.isPresent() ? Future.succeededFuture(found) : Future.failedFuture(error);
    }

    /** All there is to say against the nodes that answer; fails if none does. */
    private Future<List<Finding>> nodes() {
        List<Shard> shards = links.shards();
        List<Future<List<Finding>>> asked = shards.stream().map(this::node).toList();
        return Future.join(asked).transform(ignored -> {
            List<Finding> all = new ArrayList<>();
            asked.stream().filter(Future::succeeded).forEach(each -> all.addAll(each.result()));
            return asked.stream().anyMatch(Future::succeeded)
                    ? Future.succeededFuture(all)
                    : Future.failedFuture(asked.get(0).cause());
        });
    }

    private Future<List<Finding>> node(Shard shard) {
        RedisLink link = links.of(shard);
        Future<Optional<Response>> info = allowed(link.send(Request.cmd(Command.INFO)))
                .onSuccess(said -> said.flatMap(ServerInfo::life).ifPresent(life -> lives(shard, life)));
        Future<Optional<Response>> appendFsync = allowed(link.send(setting("appendfsync")));
        Future<Optional<Response>> snapshots = allowed(link.send(setting("save")));
        Future<Boolean> publishing = PublishCheck.ask(link);
        return Future.all(info, appendFsync, snapshots, publishing).map(all -> {
            ServerInfo facts = facts(info.result(), appendFsync.result(), snapshots.result());
            return Stream.of(
                            settings.examine(facts).stream(),
                            mode.examine(facts).stream(),
                            PublishCheck.examine(publishing.result()))
                    .flatMap(findings -> findings)
                    .map(finding -> shard.primary()
                            .map(node -> finding.at(node.toString()))
                            .orElse(finding))
                    .toList();
        });
    }

    /** Behind a connection that stayed, as one to a proxy does, there may be another Redis than before. */
    private void lives(Shard shard, String life) {
        String before = lives.put(shard, life);
        if (before != null && !before.equals(life)) {
            gate.doubt();
        }
    }

    /** An answer of a kind that nobody thought of keeps no service from working. */
    private ServerInfo facts(Optional<Response> info, Optional<Response> appendFsync, Optional<Response> snapshots) {
        try {
            return ServerInfo.read(info, appendFsync, snapshots);
        } catch (RuntimeException e) {
            log.notUnderstood(e);
            return ServerInfo.read(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private static Request setting(String name) {
        return Request.cmd(Command.CONFIG).arg("GET").arg(name);
    }

    /** Empty if this user, or this Redis, may not be asked. */
    private static Future<Optional<Response>> allowed(Future<Response> asked) {
        return asked.recover(RetryDecision::unlessForbidden).map(Optional::ofNullable);
    }
}
