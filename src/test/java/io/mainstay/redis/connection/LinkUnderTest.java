package io.mainstay.redis.connection;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.redis.Configured;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** Makes a link to one address. */
final class LinkUnderTest {

    private LinkUnderTest() {}

    static RedisLink make(
            LinkKind kind, Vertx vertx, String address, Map<String, String> values, ConnectionObserver observer) {
        RedisConfig config = Configured.redis(values);
        Future<Node> node = Future.succeededFuture(Address.of(address).node());
        LinkLimits limits = new LinkLimits(config, Configured.lease(values));
        return new RedisLink(
                new LinkName(StoreName.FIRST, kind, "-test"),
                VertxInternals.newEventLoop(vertx),
                new LinkTarget(() -> node, new RoleTurns(limits, () -> 1)),
                new Connector(StoreName.FIRST, Configured.client(address), config),
                limits,
                List.of(observer));
    }
}
