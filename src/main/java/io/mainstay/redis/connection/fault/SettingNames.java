package io.mainstay.redis.connection.fault;

import java.util.Optional;

/**
 * What the keys are called that say where a store is and how to log in there, for messages to people.
 *
 * @param store empty for the only store, or the first
 * @param tls the TLS configuration that is used, if one is named
 */
public record SettingNames(String store, Optional<String> tls) {

    /** Of the only store, or the first, without a TLS configuration. */
    public static final SettingNames FIRST = new SettingNames("", Optional.empty());

    public String hosts() {
        return ofQuarkus("hosts");
    }

    public String clientType() {
        return ofQuarkus("client-type");
    }

    public String masterName() {
        return ofQuarkus("master-name");
    }

    public String userFile() {
        return ofMainstay("user-file");
    }

    public String passwordFile() {
        return ofMainstay("password-file");
    }

    /** The name that certificates must be for, if it is not that of the host. */
    public String tlsServerName() {
        return ofMainstay("tls-server-name");
    }

    /** Whether certificates must be for a name at all. */
    public String verification() {
        return ofTls("hostname-verification-algorithm");
    }

    /** The password that is used if there is neither a file nor one in the address. */
    public String password() {
        return ofQuarkus("password");
    }

    /** A key of the TLS configuration; if none is named, with how to name one. */
    String ofTls(String key) {
        return tls.map(name -> "quarkus.tls." + name + "." + key)
                .orElseGet(
                        () -> "quarkus.tls.redis." + key + ", and " + ofQuarkus("tls-configuration-name") + "=redis");
    }

    private String ofQuarkus(String key) {
        return store.isEmpty() ? "quarkus.redis." + key : ofStore(key);
    }

    private String ofMainstay(String key) {
        return store.isEmpty() ? "mainstay.redis." + key : ofStore(key);
    }

    private String ofStore(String key) {
        return "mainstay.stores." + store + "." + key;
    }
}
