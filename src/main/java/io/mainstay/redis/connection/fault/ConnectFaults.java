package io.mainstay.redis.connection.fault;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells why a connection does not come about, if that is how it is configured. What Redis answers says it at once. What it does
 * not answer says little: the client waits for a TLS server to understand it, and the other way round, until its time is
 * over, and no error has the certificate that was not believed. So the server is looked at, beside the connection and not before
 * it fails: the first failure goes without an explanation, those that follow have one. Thread-safe.
 */
public final class ConnectFaults {

    /** Bounds what looking at servers costs that are simply away. */
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(10).toNanos();

    /** More than a cluster has; those that are gone for good are forgotten with the others. */
    private static final int MOST_SERVERS = 1000;

    /** Where what blocks may run. */
    public interface Aside {
        void run(Runnable task);
    }

    private record Looked(long at, Sighting seen) {}

    private static final Sighting NOTHING = new Sighting(false, Optional.empty(), false);

    private final SettingNames names;
    private final LoginFaults logins;
    private final TlsFaults tls;
    private final int timeoutMs;
    private final Map<String, Looked> looked = new ConcurrentHashMap<>();

    public ConnectFaults(SettingNames names, Duration timeout) {
        this.names = names;
        this.logins = new LoginFaults(names);
        this.tls = new TlsFaults(names);
        this.timeoutMs = Math.toIntExact(timeout.toMillis());
    }

    /** An error that Redis answered with. */
    public Optional<String> ofReply(Destination to, String reply) {
        return logins.explain(to, reply);
    }

    /** A failure that is no answer of Redis. */
    public Optional<String> ofFailure(Destination to, Throwable failure, Aside aside) {
        if (Causes.has(failure, UnknownHostException.class)) {
            return Optional.of("the host name %s is not known; correct %s".formatted(to.host(), names.hosts()));
        }
        if (Causes.has(failure, ConnectException.class)) {
            return Optional.empty();
        }
        return tls.explain(to, failure, seen(to, aside));
    }

    /** It can be connected to. */
    public void connected(Destination to) {
        looked.remove(to.toString());
    }

    private Sighting seen(Destination to, Aside aside) {
        long now = System.nanoTime();
        Looked before = looked.get(to.toString());
        if (before == null || now - before.at() > BETWEEN_LOOKS_NANOS) {
            if (looked.size() >= MOST_SERVERS) {
                looked.clear();
            }
            Looked begun = new Looked(now, before == null ? NOTHING : before.seen());
            looked.put(to.toString(), begun);
            aside.run(
                    () -> looked.replace(to.toString(), begun, new Looked(now, new ServerLook(to, timeoutMs).look())));
        }
        return before == null ? NOTHING : before.seen();
    }
}
