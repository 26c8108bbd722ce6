package io.mainstay.redis.check;

import io.mainstay.inspection.NodeReport;
import java.util.Map;
import java.util.Optional;

/** Reads what people want to know from an answer to INFO. */
final class NodeInfo {

    private NodeInfo() {}

    static NodeReport.Facts facts(String info) {
        Map<String, String> said = ServerInfo.lines(info);
        return new NodeReport.Facts(
                text(said, "redis_version"),
                text(said, "role"),
                number(said, "connected_slaves"),
                text(said, "aof_enabled").map("1"::equals),
                new NodeReport.Memory(
                        number(said, "used_memory"),
                        number(said, "used_memory_peak"),
                        number(said, "maxmemory"),
                        text(said, "maxmemory_policy")),
                new NodeReport.Load(
                        number(said, "uptime_in_seconds"),
                        number(said, "connected_clients"),
                        number(said, "instantaneous_ops_per_sec")));
    }

    private static Optional<String> text(Map<String, String> said, String name) {
        return Optional.ofNullable(said.get(name)).filter(text -> !text.isEmpty());
    }

    /** What is no number, or none that anybody counts to, was not said. */
    private static Optional<Long> number(Map<String, String> said, String name) {
        return text(said, name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }
}
