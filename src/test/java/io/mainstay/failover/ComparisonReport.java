package io.mainstay.failover;

import io.lettuce.core.LettuceVersion;
import io.mainstay.failover.client.OtherClient;
import io.mainstay.failover.client.Recovery;
import io.mainstay.process.RedisProgram;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The section of docs/failover.md on other clients. */
final class ComparisonReport {

    static final Section SECTION = new Section("Other clients under the same faults");

    private static final String TEXT = """

            %s, Redis %s, %d runs of each. Seconds from "Redis can answer" until a write was acknowledged, and until a message came on the
            subscription, *median / worst*; *never* is more than a minute. Both are tried every 0.1 s. Where roles change, the
            subscription stays on the node that is now a replica, which still forwards messages; its later state was not looked
            at. To measure again: `./mvnw verify -Pchaos -Dit.test=OtherClientsIT -Dfailover.record`. Conclusions:
            [ADR 10](adr/0010-not-lettuce.md).

            - **Quarkus' client** %s as shipped: data source, pool and time-outs with the defaults of `quarkus.redis.*`.
            - **Lettuce** %s with the recommended settings. From Redis' page on production usage: keep-alive after 5 s, every 5 s,
              3 probes, and `TCP_USER_TIMEOUT` 20 s (on Netty's epoll transport), time-outs of 30 s, commands included
              (`TimeoutOptions`). From Lettuce's own pages: automatic reconnects, commands queued meanwhile, PING before a connection is
              used. From providers of Redis: reconnects after 0.1 to 5 s with full jitter. With sentinels: `MasterReplica` for
              writes, `connectPubSub` for the subscription.
            - **Black-holed**: TCP acknowledges what the client sends, but no answer comes, as behind a load balancer or a
              tunnel whose far side is gone. **Packets dropped**: TCP acknowledges nothing either, as when the network path to Redis is gone.

            | fault | %s |
            | --- |%s
            """;

    private final Map<String, Map<OtherClient, List<Recovery>>> byFault = new LinkedHashMap<>();

    void add(Comparison<?> comparison, OtherClient client, Recovery recovery) {
        byFault.computeIfAbsent(comparison.name(), name -> new EnumMap<>(OtherClient.class))
                .computeIfAbsent(client, kind -> new ArrayList<>())
                .add(recovery);
    }

    void write() {
        List<String> titles = new ArrayList<>();
        for (OtherClient client : OtherClient.values()) {
            titles.add(client + ": write");
            titles.add(client + ": message");
        }
        StringBuilder text = new StringBuilder(TEXT.formatted(
                LocalDate.now(ZoneOffset.UTC),
                RedisProgram.version(),
                runs(),
                ReactiveRedisDataSource.class.getPackage().getImplementationVersion(),
                LettuceVersion.getVersion().replaceFirst("/.*", ""),
                String.join(" | ", titles),
                " --- |".repeat(titles.size())));
        byFault.forEach((fault, recoveries) -> text.append(row(fault, recoveries)));
        SECTION.write(text.toString());
    }

    private int runs() {
        return byFault.values().stream()
                .flatMap(recoveries -> recoveries.values().stream())
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    private static String row(String fault, Map<OtherClient, List<Recovery>> recoveries) {
        List<String> cells = new ArrayList<>(List.of(fault));
        for (OtherClient client : OtherClient.values()) {
            cells.add(times(recoveries.get(client), Recovery::write));
            cells.add(times(recoveries.get(client), Recovery::message));
        }
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String times(List<Recovery> recoveries, Function<Recovery, Double> of) {
        return recoveries == null ? "" : Report.times(recoveries, of);
    }
}
