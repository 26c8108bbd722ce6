package io.mainstay.http.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds the addresses of a name. */
@FunctionalInterface
public interface NameResolver {

    /** All of them, the preferred one first; fails if there are none. Does not block. An address written out is its own only one. */
    CompletableFuture<List<InetAddress>> resolve(String host);
}
