package io.mainstay.redis.connection;

import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who we are to Redis, looked up for every connect, so that a password can change while the service runs. First a file
 * ({@code mainstay.redis.user-file}, {@code password-file}, or those of the second store: what Kubernetes makes of a
 * secret), then the address
 * ({@code redis://user:password@host}), then the configured password as its source has it now.
 */
final class Credentials {

    private final LoginFiles files;
    private final Supplier<Optional<String>> configured;

    /** @param configured the password if there is neither a file nor one in the address */
    Credentials(LoginFiles files, Supplier<Optional<String>> configured) {
        this.files = files;
        this.configured = configured;
    }

    /**
     * Reads files: not for an event loop.
     *
     * @return {@code user:password@} as it goes into an address, or nothing
     */
    String userInfo(RedisOptions options) {
        String[] ofAddress = ofAddress(Address.of(options.getEndpoint()));
        String user = files.user().map(Credentials::content).orElse(ofAddress[0]);
        String password = files.password()
                .map(Credentials::content)
                .or(() -> Optional.ofNullable(ofAddress[1]))
                .or(configured)
                .orElseGet(() -> ofOptions(options));
        return password == null ? "" : (user == null ? "" : encode(user)) + ":" + encode(password) + "@";
    }

    /** That of the options themselves: left to it, the client looks into the address, too, and cannot read a name with an underscore. */
    private static String ofOptions(RedisOptions options) {
        return new RedisOptions(options)
                .setEndpoints(new ArrayList<>(List.of("redis://localhost")))
                .getPassword();
    }

    private static String[] ofAddress(Address address) {
        String info = address.userInfo().orElse(null);
        int colon = info == null ? -1 : info.indexOf(':');
        if (colon < 0) {
            return new String[2];
        }
        return new String[] {colon == 0 ? null : decode(info.substring(0, colon)), decode(info.substring(colon + 1))};
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("credentials cannot be read from " + file, e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
