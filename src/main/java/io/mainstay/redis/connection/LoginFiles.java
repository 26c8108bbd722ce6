package io.mainstay.redis.connection;

import java.nio.file.Path;
import java.util.Optional;

/** Files with the user and the password of a store, read again for every connection. */
public record LoginFiles(Optional<Path> user, Optional<Path> password) {}
