package io.mainstay.redis.connection;

import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.connection.fault.ConnectFaults;
import io.mainstay.redis.connection.fault.Destination;
import io.mainstay.redis.connection.fault.Login;
import io.mainstay.redis.connection.fault.SettingNames;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Makes connections. Each gets a client object of its own, which ends with it: nothing of one generation, be it a pool,
 * a queue of waiting callers or a looked up address, can get into the way of the next. Thread-safe.
 */
public final class Connector {

    private static final String CLIENT_NAME = "mainstay";

    private final ClientOptions options;
    private final Credentials credentials;
    private final RedisConfig config;
    private final String poolName;
    private final Optional<String> tlsServerName;
    private final ConnectFaults faults;

    /** @throws InvalidValueException if the configured name of servers cannot be verified */
    public Connector(StoreName store, ClientOptions options, RedisConfig config) {
        StoreKeys keys = options.keys(config);
        this.options = options;
        this.credentials = new Credentials(keys.login(), options);
        this.tlsServerName = TlsServerName.checked(keys.tlsServerName(), options);
        this.poolName = store.qualify(CLIENT_NAME);
        this.config = config;
        this.faults = new ConnectFaults(options.names(), config.commandTimeout());
    }

    /** What the settings of connections are called, for messages. */
    public SettingNames names() {
        return options.names();
    }

    /** Whether there is one address, and nobody to ask for another. */
    boolean toOneAddress() {
        return options.get().getType() == RedisClientType.STANDALONE;
    }

    /**
     * Connects and logs in, within one command time-out. The connection is the caller's: closing it closes its socket
     * for good. Its answers come in on the given event loop, and so does the future's. Fails with {@link MisconfiguredException} if
     * it is known that this is how it is configured.
     *
     * @param loop that its answers come in on
     */
    public Future<DedicatedConnection> connect(EventLoop loop, Node node) {
        return begin(loop, () -> {
            RedisOptions configured = options.get();
            Address address = Address.of(configured.getEndpoint());
            Login login = credentials.login(configured);
            // Database and client name are those of the configured address.
            RedisOptions made = optionsFor(configured, address.scheme(), login.userInfo(), node, address.rest());
            return new Wanted(made, destination("Redis", address.scheme(), node, login));
        });
    }

    /**
     * As {@link #connect}, for a sentinel. It has users of its own: the one of its address, else the default user with
     * {@code quarkus.redis.password}, which a sentinel that wants no password does not mind.
     */
    Future<DedicatedConnection> connectToSentinel(EventLoop loop, Address address) {
        String user = address.userInfo().map(info -> info + "@").orElse("");
        // Not the rest of the address: a sentinel has no databases.
        return begin(loop, () -> {
            RedisOptions configured = options.get();
            Login login = credentials.loginAtSentinel(address, configured);
            RedisOptions made = optionsFor(configured, address.scheme(), user, address.node(), "");
            return new Wanted(made, destination("sentinel", address.scheme(), address.node(), login));
        });
    }

    private Destination destination(String kind, String scheme, Node node, Login login) {
        return new Destination(
                kind,
                node.host().replaceAll("[\\[\\]]", ""),
                node.port(),
                "rediss".equals(scheme),
                tlsServerName,
                login);
    }

    private Future<DedicatedConnection> begin(EventLoop loop, Callable<Wanted> made) {
        Promise<DedicatedConnection> promise = loop.promise();
        Attempt attempt = new Attempt(loop, promise);
        attempt.begin(made);
        return promise.future();
    }

    private RedisOptions optionsFor(RedisOptions made, String scheme, String userInfo, Node node, String rest)
            throws UnknownHostException {
        made.setType(RedisClientType.STANDALONE)
                .setConnectionString(scheme + "://" + userInfo + host(node) + ":" + node.port() + rest)
                // Fixed: the client would make up a new name for the metrics of each.
                .setPoolName(poolName)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1);
        made.getNetClientOptions()
                .setConnectTimeout((int) config.commandTimeout().toMillis())
                .setReconnectAttempts(0);
        // Else the client connects in the clear first, and then turns to TLS by the host's own name.
        tlsServerName.ifPresent(name -> made.getNetClientOptions().setSsl(true));
        return made;
    }

    /** The client reads addresses as URIs, whose hosts have no underscores; such a name is looked up here. */
    private static String host(Node node) throws UnknownHostException {
        String host = node.host();
        if (host.indexOf('_') >= 0) {
            host = InetAddress.getByName(host).getHostAddress();
        }
        return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    }

    /** What to make a connection of. */
    private record Wanted(RedisOptions options, Destination to) {}

    /** One try; confined to its event loop from {@link #open} on. */
    private final class Attempt {

        private final EventLoop loop;
        private final Promise<DedicatedConnection> promise;
        private final TrafficCounter traffic = new TrafficCounter();
        private Destination to;
        private Redis client;

        Attempt(EventLoop loop, Promise<DedicatedConnection> promise) {
            this.loop = loop;
            this.promise = promise;
        }

        void begin(Callable<Wanted> wanted) {
            long timer = loop.setTimer(
                    config.commandTimeout().toMillis(),
                    ignored -> fail(new LinkLostException("no connection in time", null)));
            promise.future().onComplete(ignored -> loop.cancelTimer(timer));
            // Not the pool that handlers block: a link must come back while they all hang.
            loop.blocking(wanted)
                    .onComplete(made -> loop.later(() -> {
                        if (made.succeeded()) {
                            open(made.result());
                        } else {
                            fail(made.cause());
                        }
                    }));
        }

        private void open(Wanted wanted) {
            to = wanted.to();
            if (promise.future().isComplete()) {
                return;
            }
            try {
                client = Redis.createClient(
                        VertxInternals.watchingSocket(loop, "traffic", traffic, tlsServerName), wanted.options());
                // The client binds the connection to the context it is called on.
                client.connect()
                        .onComplete(result -> loop.execute(() -> {
                            if (result.failed()) {
                                fail(result.cause());
                                return;
                            }
                            faults.connected(to);
                            if (!promise.tryComplete(
                                    new DedicatedConnection(client, result.result(), traffic, this::explained))) {
                                client.close();
                            }
                        }));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void fail(Throwable why) {
            if (!promise.future().isComplete() && promise.tryFail(explained(why)) && client != null) {
                client.close();
            }
        }

        private Throwable explained(Throwable why) {
            if (to == null || why instanceof MisconfiguredException) {
                return why;
            }
            Optional<String> sentence = ErrorReply.of(why)
                    .filter(reply -> !ErrorReply.CONNECTION_CLOSED.equals(reply))
                    .map(reply -> faults.ofReply(to, reply))
                    .orElseGet(() -> faults.ofFailure(to, why, this::aside));
            return sentence.<Throwable>map(said -> new MisconfiguredException(said, why))
                    .orElse(why);
        }

        private void aside(Runnable task) {
            loop.blocking(() -> {
                task.run();
                return null;
            });
        }
    }
}
