package io.mainstay.auth.key;

import io.mainstay.auth.Grant;
import java.time.Instant;
import java.util.Optional;

/** Body of a wish for a key. */
record ApiKeyRequest(Grant grant, Optional<Instant> expiresAt) {}
