package io.mainstay.auth.key;

import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The twin of the store: does what it has to do as simply as can be. It can be away, and counts what it was asked. */
public final class InMemoryApiKeyStore implements ApiKeyStore {

    private final TreeMap<String, ApiKey> keys = new TreeMap<>();
    private final Supplier<Instant> clock;
    private String version = "";
    private boolean away;
    private int lookups;
    private int keysListed;

    public InMemoryApiKeyStore(Supplier<Instant> clock) {
        this.clock = clock;
    }

    public synchronized void away(boolean gone) {
        away = gone;
    }

    public synchronized int lookups() {
        return lookups;
    }

    public synchronized int keysListed() {
        return keysListed;
    }

    @Override
    public Uni<Optional<Instant>> add(ApiKey key, int most) {
        return whenThere(() -> {
            ApiKey there = keys.get(key.id());
            if (there != null) {
                return Optional.of(there.createdAt());
            }
            if (keys.size() >= most) {
                return Optional.empty();
            }
            Instant now = clock.get();
            keys.put(key.id(), new ApiKey(key.id(), key.hash(), key.grant(), key.createdBy(), key.expiresAt(), now));
            version = key.id();
            return Optional.of(now);
        });
    }

    @Override
    public Uni<ApiKeySighting> find(String id) {
        return whenThere(() -> {
            lookups++;
            return new ApiKeySighting(clock.get(), Optional.ofNullable(keys.get(id)));
        });
    }

    @Override
    public Uni<ApiKeyPage> list(String known, Optional<String> after, int limit) {
        return whenThere(() -> {
            if (known.equals(version)) {
                return new ApiKeyPage(clock.get(), version, List.of(), Optional.empty());
            }
            List<ApiKey> rest =
                    new ArrayList<>(keys.tailMap(after.orElse(""), false).values());
            boolean more = rest.size() > limit;
            List<ApiKey> page = more ? rest.subList(0, limit) : rest;
            keysListed += page.size();
            return new ApiKeyPage(
                    clock.get(),
                    version,
                    page,
                    more ? Optional.of(page.get(limit - 1).id()) : Optional.empty());
        });
    }

    @Override
    public Uni<Void> remove(String id, String change) {
        return whenThere(() -> {
            if (keys.remove(id) != null) {
                version = change;
            }
            return null;
        });
    }

    private <T> Uni<T> whenThere(Supplier<T> answer) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                if (away) {
                    throw new StoreUnavailableException("away", null);
                }
                return answer.get();
            }
        });
    }
}
