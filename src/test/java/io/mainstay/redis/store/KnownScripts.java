package io.mainstay.redis.store;

import io.mainstay.process.RedisNode;
import java.util.Arrays;
import java.util.List;

/** Which scripts a Redis was sent. */
public final class KnownScripts {

    private KnownScripts() {}

    /** Scripts of ours that it was never sent since it started. */
    public static List<String> missingOn(RedisNode redis) {
        return Arrays.stream(Script.values())
                .filter(script -> !redis.call("SCRIPT", "EXISTS", script.sha()).contains("1"))
                .map(Script::name)
                .toList();
    }
}
