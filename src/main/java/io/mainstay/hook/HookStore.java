package io.mainstay.hook;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;

/** Keeps hooks. Every call may be repeated, and time is the store's own. */
public interface HookStore {

    /** Lower than any that there is. */
    long NO_VERSION = -1;

    /** Most hooks. */
    int MOST = 100;

    /** Most bytes of all, so that they can be read in one answer. */
    long MOST_BYTES = 256L << 10;

    /** What became of a hook. */
    enum Put {
        CREATED,
        CHANGED,
        /** It was there as it is. */
        UNCHANGED,
        TOO_MANY,
        TOO_LARGE
    }

    /** A hook's text and the token of the change that made it. */
    record Stored(String text, String change) {}

    /**
     * All hooks; of a version that the caller knows none.
     *
     * @param version a higher one after each change
     * @param disabled since when, of those that are
     */
    record Overview(long version, Map<HookName, Stored> hooks, Map<HookName, Instant> disabled) {

        public Overview {
            hooks = Map.copyOf(hooks);
            disabled = Map.copyOf(disabled);
        }
    }

    /**
     * Makes or changes a hook, and enables it.
     *
     * @param change a token that no other change has
     */
    Uni<Put> put(HookName name, String text, String change);

    Uni<Void> remove(HookName name);

    /**
     * Disables a hook unless it has changed since.
     *
     * @param seen the token of the change that made it what the caller saw
     * @return whether this call did
     */
    Uni<Boolean> disable(HookName name, String seen, String change);

    /**
     * @param known the version that the caller has
     * @param seen the highest version that part of the store is known to have: the answer's is no lower
     */
    Uni<Overview> read(long known, long seen);
}
