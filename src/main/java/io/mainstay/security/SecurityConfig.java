package io.mainstay.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who may call the API. */
@ConfigMapping(prefix = "mainstay.security")
public interface SecurityConfig {

    /** Whether requests to the API need a key or a token. With {@code false} everybody may do everything. */
    @WithDefault("true")
    boolean enabled();

    /** File with keys, read again when it changes. Not set: no keys but those made through the API. */
    Optional<String> keysFile();
}
