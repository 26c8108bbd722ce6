package io.mainstay.redis;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.redis.client.RedisClientType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the second Redis is, for queues that are critical, and how to log in there. Without hosts there is none. */
@ConfigMapping(prefix = "mainstay.stores.second")
interface SecondStoreConfig {

    /** Addresses as {@code quarkus.redis.hosts} has them, comma-separated; all keys below are of use only with them. */
    Optional<List<String>> hosts();

    /** What is there: {@code standalone}, {@code sentinel} or {@code cluster}. */
    @WithDefault("standalone")
    RedisClientType clientType();

    /** What sentinels call the primary. */
    @WithDefault("mymaster")
    String masterName();

    /** Password, if there is no file and none in the address. */
    Optional<String> password();

    /** File with the ACL user, read again for every connection; without it, the user is that of the address. */
    Optional<Path> userFile();

    /** File with the password, read again for every connection; without it, the address's or the one above. */
    Optional<Path> passwordFile();

    /** Name of the TLS configuration ({@code quarkus.tls.<name>.*}); without it, the default one. */
    Optional<String> tlsConfigurationName();

    /** The host name that all its certificates must be for, as {@code mainstay.redis.tls-server-name} is for the first store. */
    Optional<String> tlsServerName();

    /**
     * How long a request waits for the first store before its job goes to the second, PT0.05S to PT5S; for jobs of another durability than memory,
     * {@code mainstay.durability.timeout} longer. Shorter than the first's usual stalls: jobs go to the second for nothing, some run twice.
     */
    @WithDefault("PT0.3S")
    Duration divertAfter();

    /** Refuses what is of no use by itself, and values out of bounds. */
    static void check(SecondStoreConfig config) {
        Bounds.between(
                "mainstay.stores.second.divert-after",
                config.divertAfter(),
                Duration.ofMillis(50),
                Duration.ofSeconds(5));
        boolean more = config.userFile().isPresent()
                || config.passwordFile().isPresent()
                || config.password().isPresent()
                || config.tlsConfigurationName().isPresent()
                || config.tlsServerName().isPresent()
                || config.clientType() != RedisClientType.STANDALONE;
        if (more && config.hosts().isEmpty()) {
            throw new InvalidValueException(
                    "mainstay.stores.second.hosts", "", "set, as other keys of mainstay.stores.second are");
        }
    }
}
