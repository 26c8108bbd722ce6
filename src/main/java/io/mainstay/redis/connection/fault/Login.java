package io.mainstay.redis.connection.fault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who to log in as, and which settings say so.
 *
 * @param user empty for the default user
 * @param password empty if none is sent; then no user is either
 * @param userKey the setting that names the user, or could
 * @param passwordKey the setting that has the password, or could
 */
public record Login(Optional<String> user, Optional<String> password, String userKey, String passwordKey) {

    /** {@code user:password@} as it goes into an address, or nothing. */
    public String userInfo() {
        return password.map(secret -> user.map(Login::encode).orElse("") + ":" + encode(secret) + "@")
                .orElse("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user.map(name -> "user " + name).orElse("the default user");
    }
}
