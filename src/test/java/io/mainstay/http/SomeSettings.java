package io.mainstay.http;

import io.mainstay.http.signing.RequestSigner;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Settings as the service would read them: the defaults, but for what a test says. */
final class SomeSettings {

    private static final long MAX_RESULT = 256 * 1024;

    private SomeSettings() {}

    static HttpSettings of(Map<String, String> config) {
        return new HttpSettings(config(config), MAX_RESULT);
    }

    static HttpConfig config(Map<String, String> config) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(HttpConfig.class)
                .withDefaultValues(config)
                .build()
                .getConfigMapping(HttpConfig.class);
    }

    static RequestSigner unsigned(Vertx vertx) {
        return new RequestSigner(vertx, Clock.systemUTC(), Optional::empty);
    }

    static HttpSettings allowing(String prefix) {
        return of(Map.of("mainstay.http.allow", prefix));
    }
}
