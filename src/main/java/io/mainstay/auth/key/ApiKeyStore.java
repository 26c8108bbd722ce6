package io.mainstay.auth.key;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Keeps the keys that were made through the API. Every call may be repeated, and time is the store's own. */
public interface ApiKeyStore {

    /** A version that there never is. */
    String NO_VERSION = "-";

    /**
     * Keeps a new key.
     *
     * @param key its {@code createdAt} does not count
     * @param most keys there may be in all
     * @return when it was made; empty if there are as many as may be
     */
    Uni<Optional<Instant>> add(ApiKey key, int most);

    Uni<ApiKeySighting> find(String id);

    /**
     * One page, by id. Keys that cannot be read are left out.
     *
     * @param known the version of all that the caller knows: if it is still that, the page has no keys
     * @param after the id where the page before ended; empty for the first
     */
    Uni<ApiKeyPage> list(String known, Optional<String> after, int limit);

    /**
     * Completes when there is none of that id.
     *
     * @param change a token that no other change has
     */
    Uni<Void> remove(String id, String change);
}
