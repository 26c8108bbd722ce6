package io.mainstay.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Makes connections. Each gets a client object of its own, which ends with it: nothing of one generation, be it a pool,
 * a queue of waiting callers or a looked up address, can get into the way of the next. Thread-safe.
 */
@Singleton
class Connector {

    private static final String CLIENT_NAME = "mainstay";
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(50);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_SUSPICION = Duration.ofMillis(10);

    private final ClientOptions options;
    private final Credentials credentials;
    private final RedisConfig config;

    Connector(ClientOptions options, Credentials credentials, RedisConfig config) {
        checkBounds("command-timeout", config.commandTimeout(), SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        checkBounds("suspect-after", config.suspectAfter(), SHORTEST_SUSPICION, config.commandTimeout());
        this.options = options;
        this.credentials = credentials;
        this.config = config;
    }

    /**
     * Connects and logs in, within one command time-out. The connection is the caller's: closing it closes its socket
     * for good. Its answers come in on the given event loop, and so does the future's.
     *
     * @param context of an event loop
     */
    Future<RedisConnection> connect(ContextInternal context, Node node) {
        return begin(context, () -> {
            RedisOptions configured = options.get();
            return optionsFor(
                    configured, address(URI.create(configured.getEndpoint()), credentials.userInfo(configured), node));
        });
    }

    /**
     * As {@link #connect}, for a sentinel. It has users of its own: the one of its address, else the default user with
     * {@code quarkus.redis.password}, which a sentinel that wants no password does not mind.
     *
     * @param address as in {@code quarkus.redis.hosts}
     */
    Future<RedisConnection> connectToSentinel(ContextInternal context, String address) {
        URI uri = URI.create(address);
        // Not the rest of the address: a sentinel has no databases.
        return begin(context, () -> optionsFor(options.get(), uri.getScheme() + "://" + uri.getRawAuthority()));
    }

    private Future<RedisConnection> begin(ContextInternal context, Callable<RedisOptions> made) {
        Promise<RedisConnection> promise = context.promise();
        Attempt attempt = new Attempt(context, promise);
        attempt.begin(made);
        return promise.future();
    }

    private static void checkBounds(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "mainstay.redis.%s is %s, but must be between %s and %s".formatted(key, value, least, most));
        }
    }

    private RedisOptions optionsFor(RedisOptions made, String address) {
        made.setType(RedisClientType.STANDALONE)
                .setConnectionString(address)
                // Fixed: the client would make up a new name for the metrics of each.
                .setPoolName(CLIENT_NAME)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1);
        made.getNetClientOptions()
                .setConnectTimeout((int) config.commandTimeout().toMillis())
                .setReconnectAttempts(0);
        return made;
    }

    /** Scheme, database and client name are those of the configured address. */
    private static String address(URI configured, String userInfo, Node node) {
        String host =
                node.host().indexOf(':') < 0 || node.host().startsWith("[") ? node.host() : "[" + node.host() + "]";
        return configured.getScheme() + "://" + userInfo + host + ":" + node.port()
                + Optional.ofNullable(configured.getRawPath()).orElse("")
                + Optional.ofNullable(configured.getRawQuery())
                        .map(query -> "?" + query)
                        .orElse("");
    }

    /** One try; confined to its event loop from {@link #open} on. */
    private final class Attempt {

        private final ContextInternal context;
        private final Promise<RedisConnection> promise;
        private Redis client;

        Attempt(ContextInternal context, Promise<RedisConnection> promise) {
            this.context = context;
            this.promise = promise;
        }

        void begin(Callable<RedisOptions> wanted) {
            long timer = context.setTimer(
                    config.commandTimeout().toMillis(),
                    ignored -> fail(new LinkLostException("no connection in time", null)));
            promise.future().onComplete(ignored -> context.owner().cancelTimer(timer));
            // Not the pool that handlers block: a link has to come back while they all hang.
            context.<RedisOptions>executeBlockingInternal(wanted, false)
                    .onComplete(made -> context.runOnContext(ignored -> {
                        if (made.succeeded()) {
                            open(made.result());
                        } else {
                            fail(made.cause());
                        }
                    }));
        }

        private void open(RedisOptions made) {
            if (promise.future().isComplete()) {
                return;
            }
            try {
                client = Redis.createClient(context.owner(), made);
                // The client binds the connection to the context it is called on.
                client.connect()
                        .onComplete(result -> context.execute(() -> {
                            if (result.failed()) {
                                fail(result.cause());
                            } else if (!promise.tryComplete(new OwnedConnection(client, result.result()))) {
                                client.close();
                            }
                        }));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void fail(Throwable why) {
            if (promise.tryFail(why) && client != null) {
                client.close();
            }
        }
    }
}
