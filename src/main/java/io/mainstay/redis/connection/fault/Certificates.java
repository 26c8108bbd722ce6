package io.mainstay.redis.connection.fault;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The certificates that a server shows.
 *
 * @param chain its own first, then those that are to prove it; not empty
 */
record Certificates(List<X509Certificate> chain) {

    private static final int DNS = 2;
    private static final int IP = 7;

    /** Whose certificate is needed to believe the last one. */
    String issuer() {
        return chain.get(chain.size() - 1).getIssuerX500Principal().getName();
    }

    boolean selfSigned() {
        return chain.size() == 1 && own().getIssuerX500Principal().equals(own().getSubjectX500Principal());
    }

    /** One that is not valid any more, or not yet, for people. */
    Optional<String> outOfTime(Instant now) {
        return chain.stream().flatMap(each -> outOfTime(each, now).stream()).findFirst();
    }

    /** Which hosts it is for. */
    String hosts() {
        try {
            Collection<List<?>> names = own().getSubjectAlternativeNames();
            String hosts = names == null
                    ? ""
                    : names.stream()
                            .filter(name ->
                                    name.get(0).equals(DNS) || name.get(0).equals(IP))
                            .map(name -> name.get(1).toString())
                            .collect(Collectors.joining(", "));
            return hosts.isEmpty() ? own().getSubjectX500Principal().getName() : hosts;
        } catch (CertificateParsingException e) {
            return own().getSubjectX500Principal().getName();
        }
    }

    private static Optional<String> outOfTime(X509Certificate certificate, Instant now) {
        String name = certificate.getSubjectX500Principal().getName();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("certificate " + name + " expired at "
                    + certificate.getNotAfter().toInstant());
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of("certificate " + name + " is not valid before "
                    + certificate.getNotBefore().toInstant());
        }
        return Optional.empty();
    }

    private X509Certificate own() {
        return chain.get(0);
    }
}
