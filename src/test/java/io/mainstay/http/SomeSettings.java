package io.mainstay.http;

import io.mainstay.http.egress.Egress;
import io.mainstay.http.signing.RequestSigner;
import io.mainstay.http.targets.SomeTargets;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Settings as the service would read them: the defaults, but for what a test says. */
final class SomeSettings {

    private static final long MAX_RESULT = 256 * 1024;

    /** To wherever a test listens. */
    static final Egress EGRESS = new Egress(
            host -> CompletableFuture.supplyAsync(() -> {
                try {
                    return List.of(InetAddress.getAllByName(host));
                } catch (UnknownHostException unknown) {
                    throw new CompletionException(unknown);
                }
            }),
            List.of("127.0.0.0/8", "::1"),
            Duration.ofSeconds(10),
            System::nanoTime);

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

    /** That signs nothing. */
    static HttpSender sender(Vertx vertx, Map<String, String> config) {
        return new HttpSender(vertx, config(config), of(config), noProofs(vertx), EGRESS);
    }

    /** Which leaves no target alone. */
    static HttpJobHandler handler(HttpSender sender, Map<String, String> config) {
        HttpSettings settings = of(config);
        return new HttpJobHandler(
                new HttpJobReader(),
                settings,
                sender,
                new AnswerRules(settings, Clock.systemUTC()),
                SomeTargets.patient());
    }

    static RequestProofs noProofs(Vertx vertx) {
        return proofs(new RequestSigner(vertx, Clock.systemUTC(), Optional::empty), Map.of());
    }

    /** With tokens that say what they are for. */
    static RequestProofs proofs(RequestSigner signer, Map<String, String> config) {
        return new RequestProofs(
                signer,
                (queue, id, fence) -> Uni.createFrom().item("cb_%s-%s-%d".formatted(queue, id, fence)),
                of(config));
    }

    static HttpSettings allowing(String prefix) {
        return of(Map.of("mainstay.http.allow", prefix));
    }
}
