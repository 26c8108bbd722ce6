package io.mainstay.redis.connection;

import io.mainstay.job.InvalidValueException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;

/**
 * The name in the certificates of a store's servers, where they are connected to by another name or by address
 * ({@code tls-server-name}). Checked when the service starts: a name that is set and not verified would be worse than none.
 */
final class TlsServerName {

    /** An IPv4 address passes for a name, but cannot be sent as one (RFC 6066). */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

    private TlsServerName() {}

    /**
     * The name as it is sent and compared; empty if none is configured.
     *
     * @throws InvalidValueException if it is no host name, or if connections would not be verified against it
     */
    static Optional<String> checked(Optional<String> configured, ClientOptions client) {
        return configured.map(name -> {
            if (client.get().getEndpoints().stream()
                    .anyMatch(address -> !"rediss".equals(Address.of(address).scheme()))) {
                throw refused(
                        name, client, "unset, or all of " + client.names().hosts() + " must begin with rediss://");
            }
            if (!client.verifiesNames()) {
                throw refused(
                        name,
                        client,
                        "unset while names are not checked: remove "
                                + client.names().verification());
            }
            return ascii(name).orElseThrow(() -> refused(name, client, "a host name of the certificates of Redis"));
        });
    }

    private static Optional<String> ascii(String name) {
        try {
            return Optional.of(name)
                    .filter(text -> !ADDRESS.matcher(text).matches())
                    .map(text -> new SNIHostName(text).getAsciiName());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InvalidValueException refused(String name, ClientOptions client, String limit) {
        return new InvalidValueException(client.names().tlsServerName(), name, limit);
    }
}
