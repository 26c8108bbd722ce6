package io.mainstay.failover;

import io.mainstay.failover.client.ClientUnderTest;
import io.mainstay.failover.client.Deployment;
import io.mainstay.failover.client.Inbox;
import io.mainstay.failover.client.OtherClient;
import io.mainstay.failover.client.Recovery;
import io.mainstay.failover.client.RecoveryWatch;
import io.mainstay.process.RedisNode;
import io.mainstay.process.RedisSentinelSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A fault that strikes other clients than ours.
 *
 * @param site with no service on it
 * @param masterName null without sentinels
 * @param primaries who takes writes now
 */
record Comparison<S extends Site>(
        String name, Supplier<S> site, String masterName, Function<S, List<RedisNode>> primaries, Fault<S> fault) {

    static final List<Comparison<?>> ALL = List.of(
            onOneAddress("Redis killed, back after 5 s", Outages.killed(Duration.ofSeconds(5))),
            onOneAddress("CLIENT KILL TYPE pubsub", Outages.command("CLIENT", "KILL", "TYPE", "pubsub")),
            onOneAddress("old connections black-holed", Outages.atOnce(site -> site.proxy()
                    .blackHoleConnections())),
            onOneAddress("packets of old connections dropped", Outages.atOnce(site -> site.proxy()
                    .dropPackets())),
            onOneAddress("roles swapped behind one address", Outages.rolesSwapped()),
            new Comparison<>(
                    "FAILOVER TO on live sockets",
                    () -> new Sentinels(0),
                    RedisSentinelSet.MASTER_NAME,
                    site -> site.redis().primaries(),
                    Failovers.failoverTo()));

    private static Comparison<OneAddress> onOneAddress(String name, Fault<OneAddress> fault) {
        return new Comparison<>(name, () -> new OneAddress(0, Map.of()), null, site -> List.of(site.primary()), fault);
    }

    Recovery of(OtherClient kind) throws InterruptedException {
        Inbox inbox = new Inbox();
        try (S redis = site.get();
                ClientUnderTest client =
                        kind.connect(new Deployment(List.of(redis.address().split(",")), masterName), inbox)) {
            RecoveryWatch watch = new RecoveryWatch(client, inbox, message -> publish(redis, message));
            watch.awaitWorking();
            Instant answerable = fault.strike(new Trial<>(redis, "none"));
            return watch.awaitRecovery(answerable);
        }
    }

    private void publish(S redis, String message) {
        primaries.apply(redis).forEach(node -> node.call("PUBLISH", ClientUnderTest.CHANNEL, message));
    }
}
