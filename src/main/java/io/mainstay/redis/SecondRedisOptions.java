package io.mainstay.redis;

import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.connection.Address;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.LoginFiles;
import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.StoreKeys;
import io.mainstay.redis.connection.fault.SettingNames;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * What is made of {@code mainstay.stores.second.*}. TCP settings are those of the first store; addresses, login and TLS are
 * of its own.
 */
@Singleton
class SecondRedisOptions {

    private static final String PASSWORD_KEY = "mainstay.stores.second.password";
    private static final String NO_VERIFICATION = "NONE";

    private final SecondStoreConfig config;
    private final TlsConfigurationRegistry tls;
    private final Config source;

    SecondRedisOptions(SecondStoreConfig config, TlsConfigurationRegistry tls, Config source) {
        this.config = config;
        this.tls = tls;
        this.source = source;
    }

    /**
     * Empty if there is no second store.
     *
     * @throws InvalidValueException if it is the first one again, or something is missing
     */
    Optional<ClientOptions> get(RedisOptions first) {
        SecondStoreConfig.check(config);
        return config.hosts().map(hosts -> {
            if (nodes(hosts).equals(nodes(first.getEndpoints()))) {
                throw new InvalidValueException(
                        "mainstay.stores.second.hosts", nodes(hosts), "another Redis than quarkus.redis.hosts");
            }
            RedisOptions options = new RedisOptions(first)
                    .setType(config.clientType())
                    .setEndpoints(new ArrayList<>(hosts))
                    .setMasterName(config.masterName())
                    .setPassword(null)
                    .setNetClientOptions(net(first.getNetClientOptions(), hosts));
            return new ClientOptions(
                    options,
                    () -> source.getOptionalValue(PASSWORD_KEY, String.class),
                    new StoreKeys(new LoginFiles(config.userFile(), config.passwordFile()), config.tlsServerName()),
                    new SettingNames("second", config.tlsConfigurationName()));
        });
    }

    private static Set<Node> nodes(List<String> hosts) {
        return hosts.stream().map(host -> Address.of(host).node()).collect(Collectors.toSet());
    }

    private NetClientOptions net(NetClientOptions first, List<String> hosts) {
        NetClientOptions net = new NetClientOptions()
                .setTcpKeepAlive(first.isTcpKeepAlive())
                .setTcpNoDelay(first.isTcpNoDelay())
                .setTcpUserTimeout(first.getTcpUserTimeout())
                .setTcpQuickAck(first.isTcpQuickAck())
                .setReuseAddress(first.isReuseAddress());
        boolean encrypted =
                hosts.stream().anyMatch(host -> Address.of(host).scheme().equals("rediss"));
        config.tlsConfigurationName()
                .map(this::named)
                .or(() -> encrypted ? tls.getDefault() : Optional.empty())
                .ifPresent(found -> use(found, net));
        return net;
    }

    private TlsConfiguration named(String name) {
        return tls.get(name)
                .orElseThrow(() -> new InvalidValueException(
                        "mainstay.stores.second.tls-configuration-name",
                        name,
                        "one with keys quarkus.tls." + name + ".*"));
    }

    private static void use(TlsConfiguration found, NetClientOptions net) {
        TlsConfigUtils.configure(net, found);
        net.setSsl(true);
        if (found.getHostnameVerificationAlgorithm()
                .filter(NO_VERIFICATION::equalsIgnoreCase)
                .isPresent()) {
            net.setHostnameVerificationAlgorithm("");
        }
    }
}
