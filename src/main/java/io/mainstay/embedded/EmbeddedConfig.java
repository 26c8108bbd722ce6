package io.mainstay.embedded;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** A Redis of our own, for when {@code quarkus.redis.hosts} is not set. */
@ConfigMapping(prefix = "mainstay.redis")
interface EmbeddedConfig {

    /**
     * Whether to start a redis-server when {@code quarkus.redis.hosts} is not set. True in the dev and test profiles.
     * With false, starting without a Redis is an error. Native images carry no server.
     */
    @WithDefault("false")
    boolean embedded();

    /** Where the embedded redis-server keeps its data; by default a new directory under the temporary one. */
    Optional<Path> embeddedDirectory();
}
