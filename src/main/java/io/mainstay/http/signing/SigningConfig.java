package io.mainstay.http.signing;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Signatures of the requests of {@code http} jobs. */
@ConfigMapping(prefix = "mainstay.http.signing")
public interface SigningConfig {

    /**
     * A file of lines {@code <url-prefix> <secret>}; the secret is {@code whsec_} and 24 to 64 bytes in Base64 (HMAC-SHA256), or
     * {@code whsk_} and an ed25519 private key of 32 or 64 bytes in Base64. All secrets of the longest prefix that a URL is below
     * sign its requests. Read again within two seconds of a change. Not given: requests are not signed.
     */
    Optional<Path> file();
}
