package io.mainstay.redis.check;

import io.mainstay.inspection.NodeReport;
import io.mainstay.inspection.RedisInspection;
import io.mainstay.inspection.StoreReport;
import io.mainstay.redis.connection.Address;
import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.connection.StoreGate;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.connection.Topology;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks the nodes of a store when somebody wants to know, once in two seconds at most, and tells what the inspection found. Thread-safe. */
public final class StoreLook implements RedisInspection {

    private static final Duration NO_OLDER = Duration.ofSeconds(2);
    /** Of an answer; who needs longer counts as silent. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Nodes that are asked at the same time. */
    private static final int AT_A_TIME = 8;

    private final StoreName name;
    private final RedisLinks links;
    private final Topology topology;
    private final StoreGate gate;
    private final Inspector inspector;
    private final RedisOptions options;
    private final Uni<List<NodeReport>> nodes;

    public StoreLook(
            StoreName name,
            RedisLinks links,
            Topology topology,
            StoreGate gate,
            Inspector inspector,
            RedisOptions options) {
        this.name = name;
        this.links = links;
        this.topology = topology;
        this.gate = gate;
        this.inspector = inspector;
        this.options = options;
        this.nodes = Multi.createFrom()
                .deferred(() -> Multi.createFrom().iterable(links.shards()))
                .onItem()
                .transformToUni(this::node)
                .merge(AT_A_TIME)
                .collect()
                .asList()
                .memoize()
                .forFixedDuration(NO_OLDER);
    }

    public void start() {
        inspector.start();
    }

    public void close() {
        inspector.close();
    }

    @Override
    public Uni<List<StoreReport>> look() {
        return nodes.map(found -> List.of(report(found)));
    }

    private StoreReport report(List<NodeReport> found) {
        boolean sentinel = options.getType() == RedisClientType.SENTINEL;
        return new StoreReport(
                name.label(),
                options.getType().name().toLowerCase(Locale.ROOT),
                sentinel
                        ? options.getEndpoints().stream()
                                .map(each -> Address.of(each).node().toString())
                                .toList()
                        : List.of(),
                found,
                new StoreReport.Troubles(gate.refusal(), gate.writeRefusal(), gate.faults(), inspector.objections()));
    }

    private Uni<NodeReport> node(Shard shard) {
        return address(shard).flatMap(address -> UniHelper.toUni(links.of(shard).send(Request.cmd(Command.INFO)))
                .map(info -> Optional.of(NodeInfo.facts(info.toString())))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(Optional.empty())
                .map(facts -> new NodeReport(address, facts)));
    }

    private Uni<Optional<String>> address(Shard shard) {
        return shard.primary()
                .map(node -> Uni.createFrom().item(Optional.of(node.toString())))
                .orElseGet(() -> UniHelper.toUni(topology.where(shard))
                        .map(Node::toString)
                        .map(Optional::of)
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail()
                        .onFailure()
                        .recoverWithItem(Optional.empty()));
    }
}
