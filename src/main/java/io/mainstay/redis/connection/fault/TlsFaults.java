package io.mainstay.redis.connection.fault;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Optional;

/** Why TLS with a server does not come about, as a sentence about settings. */
final class TlsFaults {

    private final SettingNames names;

    TlsFaults(SettingNames names) {
        this.names = names;
    }

    /** @return empty if it has nothing to do with TLS, as far as is seen */
    Optional<String> explain(Destination to, Throwable failure, Sighting seen) {
        if (!to.tls()) {
            return seen.tls()
                    .map(certificates ->
                            "%s speaks TLS, but is addressed without it; write rediss:// instead of redis:// in %s"
                                    .formatted(to, names.hosts()));
        }
        if (seen.plain()) {
            return Optional.of(
                    "%s does not speak TLS on that port; write redis:// instead of rediss:// in %s, or its port for TLS"
                            .formatted(to, names.hosts()));
        }
        return seen.tls().flatMap(certificates -> ofCertificates(to, failure, certificates, seen));
    }

    private Optional<String> ofCertificates(
            Destination to, Throwable failure, Certificates certificates, Sighting seen) {
        Optional<String> outOfTime = certificates.outOfTime(Instant.now());
        if (outOfTime.isPresent() && Causes.has(failure, CertificateException.class)) {
            return Optional.of("%s: its %s; renew it there (tls-cert-file)".formatted(to, outOfTime.get()));
        }
        if (Causes.has(failure, CertPathBuilderException.class)) {
            String who = certificates.selfSigned()
                    ? "self-signed and not trusted (%s); put it"
                    : "issued by %s, which is not trusted; put the certificate of that CA";
            return Optional.of("%s: its certificate is %s into the file of %s"
                    .formatted(to, who.formatted(certificates.issuer()), names.ofTls("trust-store.pem.certs")));
        }
        if (Causes.says(failure, "No subject alternative") || Causes.says(failure, "No name matching")) {
            String mend = to.tlsServerName().isPresent()
                    ? "correct " + names.tlsServerName()
                    : "use that name in %s, or set %s to it".formatted(names.hosts(), names.tlsServerName());
            return Optional.of("%s: its certificate is for %s, not for %s; %s"
                    .formatted(to, certificates.hosts(), to.certified(), mend));
        }
        if (seen.wantsCertificate()) {
            return Optional.of("%s requires client certificates; set %s and .key, or tls-auth-clients no in Redis"
                    .formatted(to, names.ofTls("key-store.pem.redis.cert")));
        }
        return Optional.empty();
    }
}
