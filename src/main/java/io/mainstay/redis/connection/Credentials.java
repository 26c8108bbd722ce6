package io.mainstay.redis.connection;

import io.mainstay.redis.connection.fault.Login;
import io.mainstay.redis.connection.fault.SettingNames;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.net.URLDecoder;
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
    private final SettingNames names;

    /** @param options their password is used if there is neither a file nor one in the address */
    Credentials(LoginFiles files, ClientOptions options) {
        this.files = files;
        this.configured = options::password;
        this.names = options.names();
    }

    /**
     * Reads files: not for an event loop.
     *
     * @throws MisconfiguredException if a file cannot be read
     */
    Login login(RedisOptions options) {
        String[] ofAddress = ofAddress(Address.of(options.getEndpoint()));
        String user = files.user().map(file -> content(names.userFile(), file)).orElse(ofAddress[0]);
        String password = files.password()
                .map(file -> content(names.passwordFile(), file))
                .or(() -> Optional.ofNullable(ofAddress[1]))
                .or(configured)
                .orElseGet(() -> ofOptions(options));
        return new Login(
                Optional.ofNullable(user),
                Optional.ofNullable(password),
                files.user().isPresent() || ofAddress[0] == null ? names.userFile() : names.hosts(),
                files.password().isPresent()
                        ? names.passwordFile()
                        : ofAddress[1] != null ? names.hosts() : names.password());
    }

    /** That of a sentinel: the user of its address, else the default user. */
    Login loginAtSentinel(Address address, RedisOptions options) {
        String[] ofAddress = ofAddress(address);
        String password = Optional.ofNullable(ofAddress[1]).or(configured).orElseGet(() -> ofOptions(options));
        return new Login(
                Optional.ofNullable(ofAddress[0]),
                Optional.ofNullable(password),
                names.hosts(),
                ofAddress[1] != null ? names.hosts() : names.password());
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

    private static String content(String key, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new MisconfiguredException(
                    "%s names %s, which cannot be read (%s)"
                            .formatted(key, file, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
