package io.mainstay.redis.connection;

import io.mainstay.redis.connection.fault.SettingNames;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a store is, and how to connect and log in there: addresses, TLS, TCP options, password. Thread-safe. */
public final class ClientOptions {

    private final RedisOptions options;
    private final Supplier<Optional<String>> password;
    private final Optional<StoreKeys> keys;
    private final SettingNames names;

    /**
     * Of the store that {@code mainstay.redis.*} is about.
     *
     * @param password asked for every connection; it is used if the address holds none
     * @param names what the settings are called that these options come from
     * @throws IllegalArgumentException if an address cannot be read
     */
    public ClientOptions(RedisOptions options, Supplier<Optional<String>> password, SettingNames names) {
        this(options, password, Optional.empty(), names);
    }

    /** The same of a store that has keys of its own. */
    public ClientOptions(
            RedisOptions options, Supplier<Optional<String>> password, StoreKeys keys, SettingNames names) {
        this(options, password, Optional.of(keys), names);
    }

    private ClientOptions(
            RedisOptions options, Supplier<Optional<String>> password, Optional<StoreKeys> keys, SettingNames names) {
        this.names = names;
        options.getEndpoints().forEach(Address::of);
        this.options = copy(options);
        this.password = password;
        this.keys = keys;
        NetClientOptions net = this.options.getNetClientOptions();
        if (net.getHostnameVerificationAlgorithm() == null) {
            // Quarkus leaves it open, and then no TLS connection comes about. Open means: check the name.
            net.setHostnameVerificationAlgorithm("HTTPS");
        }
    }

    /** A copy. */
    public RedisOptions get() {
        return copy(options);
    }

    StoreKeys keys(RedisConfig config) {
        return keys.orElseGet(() -> StoreKeys.of(config));
    }

    /** Whether certificates must be for the host that is connected to. */
    boolean verifiesNames() {
        String algorithm = options.getNetClientOptions().getHostnameVerificationAlgorithm();
        return !algorithm.isEmpty() && !"NONE".equalsIgnoreCase(algorithm);
    }

    /** What the settings are called, for messages. */
    public SettingNames names() {
        return names;
    }

    Optional<String> password() {
        return password.get();
    }

    /** That of the client library shares the list of addresses, and setting one would clear it for all. */
    private static RedisOptions copy(RedisOptions options) {
        return new RedisOptions(options).setEndpoints(new ArrayList<>(options.getEndpoints()));
    }
}
