package io.mainstay.redis.check;

import io.vertx.redis.client.Response;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a node says of itself; empty is what it does not say, or not to this user.
 *
 * @param version as Redis counts them, for example {@code 7.0.15}; what is compatible says which one it is like
 * @param evictionPolicy {@code maxmemory-policy}
 * @param appendOnly whether it keeps an append-only file
 * @param appendFsync when it brings that file to the disk: {@code always}, {@code everysec} or {@code no}
 * @param snapshots {@code save}: when it takes snapshots, blank for never
 * @param replicas that are connected
 * @param mode {@code standalone}, {@code sentinel} or {@code cluster}
 */
record ServerInfo(
        Optional<String> version,
        Optional<String> evictionPolicy,
        Optional<Boolean> appendOnly,
        Optional<String> appendFsync,
        Optional<String> snapshots,
        Optional<Integer> replicas,
        Optional<String> mode) {

    /**
     * @param info the answer to INFO
     * @param appendFsync the answer to CONFIG GET of that; the same of {@code save}
     */
    static ServerInfo read(Optional<Response> info, Optional<Response> appendFsync, Optional<Response> snapshots) {
        Map<String, String> said = info.map(text -> lines(text.toString())).orElse(Map.of());
        return new ServerInfo(
                Optional.ofNullable(said.get("redis_version")),
                Optional.ofNullable(said.get("maxmemory_policy")),
                Optional.ofNullable(said.get("aof_enabled")).map("1"::equals),
                setting(appendFsync, "appendfsync"),
                setting(snapshots, "save"),
                Optional.ofNullable(said.get("connected_slaves"))
                        .filter(text -> text.matches("\\d{1,6}"))
                        .map(Integer::valueOf),
                Optional.ofNullable(said.get("redis_mode")));
    }

    /** Changes when the node was restarted or promoted: what names its process and its history of writes. */
    static Optional<String> life(Response info) {
        Map<String, String> said = lines(info.toString());
        return Optional.ofNullable(said.get("run_id")).map(run -> run + " " + said.get("master_replid"));
    }

    /** Whether it is that version or newer; empty if it does not say. */
    Optional<Boolean> atLeast(int major, int minor) {
        return version.filter(text -> text.matches("\\d{1,4}\\.\\d{1,4}(\\..*)?"))
                .map(text -> {
                    String[] parts = text.split("\\.");
                    int itsMajor = Integer.parseInt(parts[0]);
                    return itsMajor > major || itsMajor == major && Integer.parseInt(parts[1]) >= minor;
                });
    }

    static Map<String, String> lines(String info) {
        return info.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip(), (first, again) -> first));
    }

    /** From the answer to CONFIG GET, a map or a list of pairs by the protocol that is spoken. */
    private static Optional<String> setting(Optional<Response> answer, String name) {
        return answer.map(pairs -> pairs.get(name)).map(Response::toString);
    }
}
