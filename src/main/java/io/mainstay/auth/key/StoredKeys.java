package io.mainstay.auth.key;

import io.mainstay.auth.Refusal;
import io.mainstay.job.LimitReachedException;
import io.mainstay.queue.lookup.Lookups;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What this instance knows of the keys in the store: all of them, read again when something has changed. So a request costs no call, and a
 * revoked key is known to be one after the next {@link #refresh}. A key that is not known yet is looked up: at most 20 a second, and one that is
 * not there is not looked up again for a while. If the store does not answer, what is known counts for a quarter of an hour. Thread-safe.
 */
final class StoredKeys {

    static final Duration KNOWN_FOR = Duration.ofMinutes(15);

    private static final int PAGE = 200;
    private static final Refusal AWAY =
            Refusal.unavailable("Keys cannot be checked: the store does not answer. Try again later.", 2);
    private static final Refusal TOO_MANY =
            Refusal.unavailable("Too many unknown keys are being looked up. Try again.", 1);

    private final ApiKeyStore store;
    private final LongSupplier nanos;
    private final Lookups<KnownKey> lookups;
    private volatile Known known;

    /** @param atNanos when it was asked for; by then it counted */
    private record Known(String version, Map<String, KnownKey> keys, Instant now, long atNanos) {}

    /** @param nanos as {@link System#nanoTime} */
    StoredKeys(ApiKeyStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
        this.lookups = new Lookups<>(id -> store.find(id).map(seen -> seen.key().map(StoredKeys::known)), nanos);
    }

    /**
     * The key of that id, if this instance knows it.
     *
     * @throws Refusal if the store has not answered for so long that what is known counts no more
     */
    Optional<KnownKey> known(String id) {
        Known all = known;
        if (all == null) {
            return Optional.empty();
        }
        if (nanos.getAsLong() - all.atNanos > KNOWN_FOR.toNanos()) {
            throw AWAY;
        }
        KnownKey key = all.keys.get(id);
        return key == null ? lookups.found(id) : Optional.of(key);
    }

    /** Asks the store for a key that is not known; fails with {@link Refusal} if that is not to be had now. */
    Uni<Optional<KnownKey>> lookUp(String id) {
        return lookups.lookUp(id)
                .onFailure()
                .transform(failure -> failure instanceof LimitReachedException ? TOO_MANY : AWAY);
    }

    /** Asks whether something has changed, and what there is if so. Fails if the store does not answer. */
    Uni<Void> refresh() {
        Known before = known;
        long begun = nanos.getAsLong();
        String version = before == null ? ApiKeyStore.NO_VERSION : before.version;
        return store.list(version, Optional.empty(), PAGE)
                .flatMap(first -> (first.version().equals(version)
                                ? Uni.createFrom().item(before.keys)
                                : all(first, new HashMap<>()))
                        .invoke(keys -> {
                            known = new Known(first.version(), keys, first.now(), begun);
                            lookups.forgetFound();
                        }))
                .replaceWithVoid();
    }

    /** That page and those after it. Should something change meanwhile, the version says so next time. */
    private Uni<Map<String, KnownKey>> all(ApiKeyPage page, Map<String, KnownKey> keys) {
        page.keys().forEach(key -> keys.put(key.id(), known(key)));
        return page.next().isEmpty()
                ? Uni.createFrom().item(Map.copyOf(keys))
                : store.list(ApiKeyStore.NO_VERSION, page.next(), PAGE).flatMap(next -> all(next, keys));
    }

    /** A key that was made here is known here without a lookup, however many unknown ones are looked up. */
    void remember(ApiKey made) {
        lookups.remember(made.id(), known(made));
    }

    /** A key that was revoked is unknown at once; a refresh that is under way may bring it back until the next. */
    void forget(String id) {
        lookups.forget(id);
        Known before = known;
        if (before != null && before.keys.containsKey(id)) {
            Map<String, KnownKey> keys = new HashMap<>(before.keys);
            keys.remove(id);
            known = new Known(before.version, Map.copyOf(keys), before.now, before.atNanos);
        }
    }

    /** The time by the store's clock, or by this machine's before the store has answered. */
    Instant now() {
        Known read = known;
        return read == null ? Instant.now() : read.now.plusNanos(nanos.getAsLong() - read.atNanos);
    }

    private static KnownKey known(ApiKey key) {
        return KnownKey.of(key.id(), key.hash(), key.grant(), key.expiresAt());
    }
}
