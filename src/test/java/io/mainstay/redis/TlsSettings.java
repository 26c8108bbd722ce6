package io.mainstay.redis;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Of a Redis that speaks nothing but TLS, and of clients that trust who issued its certificate. */
final class TlsSettings {

    private final Path directory;
    private final SomeCertificate authority = SomeCertificate.authority("CN=Authority of the test");

    /** @param directory for its files */
    TlsSettings(Path directory) {
        this.directory = directory;
    }

    SomeCertificate authority() {
        return authority;
    }

    /** Lines of redis.conf; clients need no certificate. */
    String[] server(SomeCertificate certificate, String... more) {
        return Stream.concat(
                        Stream.of(
                                "port 0",
                                "tls-port <port>",
                                "tls-auth-clients no",
                                "tls-key-file " + certificate.writeKeyTo(directory.resolve("key.pem")),
                                "tls-cert-file " + certificate.writeTo(directory.resolve("certificate.pem")),
                                "tls-ca-cert-file " + trusted(authority)),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    RedisOptions client(String address) {
        return client(authority, address);
    }

    RedisOptions client(SomeCertificate trusted, String address) {
        RedisOptions options = new RedisOptions().setConnectionString(address);
        options.getNetClientOptions().setTrustOptions(trust(trusted));
        return options;
    }

    PemTrustOptions trust() {
        return trust(authority);
    }

    private PemTrustOptions trust(SomeCertificate trusted) {
        return new PemTrustOptions().addCertPath(trusted(trusted).toString());
    }

    private Path trusted(SomeCertificate certificate) {
        return certificate.writeTo(directory.resolve(certificate == authority ? "ca.pem" : "other-ca.pem"));
    }
}
