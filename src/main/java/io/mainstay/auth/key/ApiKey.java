package io.mainstay.auth.key;

import io.mainstay.auth.Grant;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that was made through the API, as it is kept.
 *
 * @param createdBy the name of whoever made it
 */
public record ApiKey(
        String id, KeyHash hash, Grant grant, String createdBy, Optional<Instant> expiresAt, Instant createdAt) {}
