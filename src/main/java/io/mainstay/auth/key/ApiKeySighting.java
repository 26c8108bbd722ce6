package io.mainstay.auth.key;

import java.time.Instant;
import java.util.Optional;

/** A key, or none, and the store's time then. */
public record ApiKeySighting(Instant now, Optional<ApiKey> key) {}
