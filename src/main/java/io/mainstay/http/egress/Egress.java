package io.mainstay.http.egress;

import io.mainstay.http.url.TargetUrl;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Chooses the address that a request connects to: a checked one, so that the name is not resolved again, and a name that
 * changes between check and connection has no effect. Thread-safe.
 *
 * <p>If any address of a name is refused, the name is: a host that mixes public and private addresses waits for the wrong one
 * to be chosen.
 */
public final class Egress {

    private final KnownAddresses names;
    private final AddressRules rules;

    /**
     * @param allowed subnets that may be connected to although they are not of the public internet
     * @param timeout of looking a name up
     * @throws io.mainstay.job.InvalidValueException if one is no subnet
     */
    public Egress(NameResolver resolver, List<String> allowed, Duration timeout, LongSupplier nanoTime) {
        this.names = new KnownAddresses(resolver, timeout, nanoTime);
        this.rules = new AddressRules(allowed.stream()
                .map(subnet -> Subnet.parse("mainstay.http.allow-subnets", subnet.strip()))
                .toList());
    }

    /** Fails with {@link AddressRefusedException}, or with whatever kept the name from being resolved. */
    public Uni<SocketAddress> addressOf(TargetUrl url) {
        CompletableFuture<List<InetAddress>> addresses = names.of(url.host());
        if (addresses.isDone() && !addresses.isCompletedExceptionally()) {
            return checked(url, addresses.join());
        }
        // A copy: whoever gives up does so for itself, not for all who wait for the name.
        return Uni.createFrom()
                .completionStage(addresses::copy)
                .onFailure()
                .transform(failure -> readable(url, failure))
                .flatMap(found -> checked(url, found));
    }

    /** It was the address of that URL and could not be connected to. */
    public void unreachable(TargetUrl url, SocketAddress address) {
        names.unreachable(url.host(), address.hostAddress());
    }

    private Uni<SocketAddress> checked(TargetUrl url, List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            return Uni.createFrom().failure(new UnknownHostException(url.host() + " has no address"));
        }
        if (addresses.stream().anyMatch(rules::refuses)) {
            return Uni.createFrom()
                    .failure(
                            new AddressRefusedException(
                                    url.host()
                                            + " has an address outside the public internet that is not in mainstay.http.allow-subnets"));
        }
        return Uni.createFrom().item(withoutName(addresses.get(0), url.port()));
    }

    /** The pool of connections goes by what an address is called, so that must be the address itself. */
    private static SocketAddress withoutName(InetAddress address, int port) {
        try {
            return SocketAddress.inetSocketAddress(
                    new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), port));
        } catch (UnknownHostException e) {
            throw new AssertionError("the bytes of an address make one", e);
        }
    }

    private static Throwable readable(TargetUrl url, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new UnknownHostException("the name " + url.host() + " could not be looked up in time");
        }
        return cause instanceof UnknownHostException
                ? new UnknownHostException("no address is known for " + url.host())
                : cause;
    }
}
