package io.mainstay.redis;

import java.util.HashMap;
import java.util.Map;

/** One whose certificate is for a name that its address does not have. */
public class TlsRedisOfAnotherName extends TlsRedis {

    private static final String NAME = "redis.example";

    @Override
    String certified() {
        return "DNS:" + NAME;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(super.start());
        config.put("mainstay.redis.tls-server-name", NAME);
        return config;
    }
}
