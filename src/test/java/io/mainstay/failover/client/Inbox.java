package io.mainstay.failover.client;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What came in by a subscription, and when first. */
public final class Inbox {

    private final Map<String, CompletableFuture<Instant>> first = new ConcurrentHashMap<>();

    void take(String message) {
        first(message).complete(Instant.now());
    }

    /** When this message came for the first time. */
    CompletableFuture<Instant> first(String message) {
        return first.computeIfAbsent(message, text -> new CompletableFuture<>());
    }
}
