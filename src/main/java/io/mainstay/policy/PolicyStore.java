package io.mainstay.policy;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps policies, all of them together. Every call may be repeated, and time is the store's own. */
public interface PolicyStore {

    int MOST = 1000;

    /** A revision that there never is: of a queue without a policy. */
    String NONE = "";

    /**
     * What has changed.
     *
     * @param version of all policies: another one after each change
     * @param now by the store's clock, if there are policies
     * @param policies all; empty if the version is the one that was known
     */
    record News(String version, Instant now, Optional<List<StoredPolicy>> policies) {}

    /**
     * Sets a policy, if it is what it was when it was read.
     *
     * @param wanted with the revision that was read, or {@link #NONE}; its time is of no meaning, nor is its epoch if it begins one
     * @param begins whether it begins an epoch: a later one than there ever was
     * @param change the revision that it gets
     * @return what is there now; empty if another one is there, or as many as may be
     */
    Uni<Optional<StoredPolicy>> put(StoredPolicy wanted, boolean begins, String change);

    /**
     * Removes a policy, if it is what it was when it was read.
     *
     * @param change a token that no other change has
     * @return whether there is none now
     */
    Uni<Boolean> remove(StoredPolicy read, String change);

    /**
     * Has all policies again, and their version, if there never was one: of a store that has lost its data.
     *
     * @param lost with policies
     * @return whether this has set them
     */
    Uni<Boolean> restore(News lost);

    /** @param known the version that the caller has */
    Uni<News> news(String known);
}
