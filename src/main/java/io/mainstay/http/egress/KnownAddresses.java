package io.mainstay.http.egress;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The addresses of names, for a while: a name is looked up once for all who ask at the same time, and no lookup takes longer than its
 * time-out. Bounded; the names that were not asked for longest are forgotten. Thread-safe.
 */
final class KnownAddresses {

    static final Duration KEPT = Duration.ofSeconds(10);
    static final Duration FAILURES_KEPT = Duration.ofSeconds(1);

    private static final int MOST = 1000;

    private final NameResolver resolver;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final Map<String, Lookup> byHost = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lookup> eldest) {
            return size() > MOST;
        }
    };

    KnownAddresses(NameResolver resolver, Duration timeout, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    CompletableFuture<List<InetAddress>> of(String host) {
        Lookup lookup;
        synchronized (this) {
            Lookup known = byHost.get(host);
            if (known != null && !known.over(nanoTime.getAsLong())) {
                return known.addresses;
            }
            lookup = new Lookup();
            byHost.put(host, lookup);
        }
        // Not while others wait for the map: the resolver is foreign.
        resolver.resolve(host)
                .copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((addresses, failure) -> lookup.end(addresses, failure, nanoTime.getAsLong()));
        return lookup.addresses;
    }

    /** One of its addresses could not be connected to: another one is the first until the name is looked up again. */
    synchronized void unreachable(String host, String address) {
        Lookup known = byHost.get(host);
        if (known != null && known.isKnown()) {
            List<InetAddress> addresses = new ArrayList<>(known.addresses.join());
            if (addresses.size() > 1 && addresses.get(0).getHostAddress().equals(address)) {
                Collections.rotate(addresses, -1);
                byHost.put(host, known.with(List.copyOf(addresses)));
            }
        }
    }

    private static final class Lookup {

        private final CompletableFuture<List<InetAddress>> addresses;
        /** Of use once it has ended. */
        private volatile long until;

        Lookup() {
            this(new CompletableFuture<>(), 0);
        }

        private Lookup(CompletableFuture<List<InetAddress>> addresses, long until) {
            this.addresses = addresses;
            this.until = until;
        }

        void end(List<InetAddress> found, Throwable failure, long now) {
            until = now + (failure == null ? KEPT : FAILURES_KEPT).toNanos();
            if (failure == null) {
                addresses.complete(found);
            } else {
                addresses.completeExceptionally(failure);
            }
        }

        boolean isKnown() {
            return addresses.isDone() && !addresses.isCompletedExceptionally();
        }

        boolean over(long now) {
            return addresses.isDone() && now - until >= 0;
        }

        Lookup with(List<InetAddress> others) {
            return new Lookup(CompletableFuture.completedFuture(others), until);
        }
    }
}
