package io.mainstay.redis.connection;

import java.util.Optional;

/**
 * What is configured for each store by itself, besides its addresses.
 *
 * @param login files with user and password
 * @param tlsServerName as configured; see {@link TlsServerName}
 */
public record StoreKeys(LoginFiles login, Optional<String> tlsServerName) {

    /** Of the store that {@code mainstay.redis.*} is about. */
    static StoreKeys of(RedisConfig config) {
        return new StoreKeys(new LoginFiles(config.userFile(), config.passwordFile()), config.tlsServerName());
    }
}
