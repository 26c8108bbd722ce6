package io.mainstay.http.signing;

import io.mainstay.http.url.TargetUrl;
import io.mainstay.security.WatchedFile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Signs requests per <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks 1.0.0</a>. Thread-safe.
 */
@Singleton
public class RequestSigner {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    /** HMAC of more takes longer than an event loop should be held. */
    private static final int LARGE = 64 * 1024;

    private final Vertx vertx;
    private final Clock clock;
    private final Supplier<SigningKeys> keys;

    public RequestSigner(Vertx vertx, Clock clock, SigningConfig config) {
        this.vertx = vertx;
        this.clock = clock;
        this.keys = config.file().map(file -> watched(vertx, file)).orElse(() -> SigningKeys.NONE);
    }

    private static Supplier<SigningKeys> watched(Vertx vertx, Path path) {
        WatchedFile<SigningKeys> file = new WatchedFile<>("mainstay.http.signing.file", path, SigningKeys::parse);
        file.watch(vertx, LOOK_EVERY);
        return file::get;
    }

    /** Whether requests to this URL are signed. */
    public boolean signs(TargetUrl url) {
        return !keys.get().of(url).isEmpty();
    }

    /**
     * The headers that prove where a request comes from; none if it is not signed.
     *
     * @param body as it is sent, or null
     */
    public Uni<Map<String, String>> headers(TargetUrl url, MessageId id, Buffer body) {
        List<SigningKey> signing = keys.get().of(url);
        if (signing.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        long timestamp = clock.instant().getEpochSecond();
        if (bytes.length <= LARGE && signing.stream().noneMatch(SigningKey::slow)) {
            return Uni.createFrom().item(sign(signing, id, timestamp, bytes));
        }
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(() -> sign(signing, id, timestamp, bytes), false)
                        .toCompletionStage());
    }

    private static Map<String, String> sign(List<SigningKey> signing, MessageId id, long timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
        return Map.of(
                "webhook-id",
                id.value(),
                "webhook-timestamp",
                Long.toString(timestamp),
                "webhook-signature",
                signing.stream().map(key -> key.sign(head, body)).collect(Collectors.joining(" ")));
    }
}
