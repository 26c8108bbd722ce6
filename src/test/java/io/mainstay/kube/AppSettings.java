package io.mainstay.kube;

import io.mainstay.health.HealthConfig;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.worker.LeaseConfig;
import io.mainstay.worker.WorkerConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The service's own configuration in production: its defaults, its properties, and above them a pod's environment. */
final class AppSettings {

    private static final Path PROPERTIES =
            Path.of("src", "main", "resources", "META-INF", "microprofile-config.properties");
    private static final int ABOVE_PROPERTIES = 300;

    private final SmallRyeConfig config;

    AppSettings(Map<String, String> environment) {
        try {
            config = new SmallRyeConfigBuilder()
                    .withProfile("prod")
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(PROPERTIES.toUri().toURL()))
                    .withSources(new EnvConfigSource(environment, ABOVE_PROPERTIES))
                    .withMapping(HealthConfig.class)
                    .withMapping(LeaseConfig.class)
                    .withMapping(RedisConfig.class)
                    .withMapping(WorkerConfig.class)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Duration duration(String key) {
        return config.getValue(key, Duration.class);
    }

    boolean flag(String key) {
        return config.getValue(key, Boolean.class);
    }
}
