package io.mainstay.auth.key;

import io.mainstay.auth.Grant;
import java.time.Instant;
import java.util.Optional;

/**
 * A key made through the API, as stored.
 *
 * @param createdBy the name of its creator
 */
public record ApiKey(
        String id, KeyHash hash, Grant grant, String createdBy, Optional<Instant> expiresAt, Instant createdAt) {}
