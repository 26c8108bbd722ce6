package io.mainstay.redis.check;

import io.mainstay.logging.Secrets;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Refuses addresses of Redis that are no URIs. Whoever reads the setting otherwise would quote all of it, password and all, in
 * the error that ends the start.
 */
@Priority(Priorities.APPLICATION + 100)
public final class HostsCheck implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1;

    private static final Pattern HOSTS = Pattern.compile("quarkus\\.redis\\.(.+\\.)?hosts");
    private static final Pattern BETWEEN = Pattern.compile("(?<!\\\\),");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue found = context.proceed(name);
        if (found != null && found.getValue() != null && HOSTS.matcher(name).matches()) {
            BETWEEN.splitAsStream(found.getValue()).forEach(address -> check(name, address.strip()));
        }
        return found;
    }

    private static void check(String name, String address) {
        try {
            new URI(address.replace("\\,", ","));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "%s is \"%s\", which is not an address: %s. Escape special characters in a password, for example %%40 for @"
                            .formatted(name, Secrets.hiddenInAddress(address), e.getReason()));
        }
    }
}
