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
    private final Optional<LoginFiles> files;
    private final SettingNames names;

    /**
     * Of the store whose files are {@code mainstay.redis.user-file} and {@code password-file}.
     *
     * @param password asked for every connection; it is used if the address holds none
     * @param names what the settings are called that these options come from
     * @throws IllegalArgumentException if an address cannot be read
     */
    public ClientOptions(RedisOptions options, Supplier<Optional<String>> password, SettingNames names) {
        this(options, password, Optional.empty(), names);
    }

    /** The same of a store that has files of its own. */
    public ClientOptions(
            RedisOptions options, Supplier<Optional<String>> password, LoginFiles files, SettingNames names) {
        this(options, password, Optional.of(files), names);
    }

    private ClientOptions(
            RedisOptions options, Supplier<Optional<String>> password, Optional<LoginFiles> files, SettingNames names) {
        this.names = names;
        options.getEndpoints().forEach(Address::of);
        this.options = copy(options);
        this.password = password;
        this.files = files;
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

    LoginFiles files(RedisConfig config) {
        return files.orElseGet(() -> LoginFiles.of(config));
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
