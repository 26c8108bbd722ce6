package io.mainstay.redis;

import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.fault.SettingNames;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Configuration as a service has it, but for some values. */
public final class Configured {

    private Configured() {}

    /** @param values that differ from their defaults */
    public static <T> T by(Class<T> mapping, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                // Of jobs: sizes such as 256K.
                .withConverter(MemorySize.class, 500, new MemorySizeConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(mapping);
    }

    public static RedisConfig redis(Map<String, String> values) {
        return by(RedisConfig.class, values);
    }

    /** Of the values, or the default one. */
    public static Duration lease(Map<String, String> values) {
        return Duration.parse(values.getOrDefault("mainstay.lease.duration", "PT10S"));
    }

    public static ClientOptions client(String address) {
        return client(new RedisOptions().setConnectionString(address));
    }

    public static ClientOptions client(RedisOptions options) {
        return new ClientOptions(options, Optional::empty, SettingNames.FIRST);
    }
}
