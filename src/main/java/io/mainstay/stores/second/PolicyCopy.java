package io.mainstay.stores.second;

import io.mainstay.policy.PolicyStore;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What the second store knows of the policies that the first one has: all of them, as they were last seen. Every call may be repeated. */
public interface PolicyCopy {

    /** @param news with all policies */
    Uni<Void> keep(PolicyStore.News news);

    /** With all policies; empty if none was ever kept. */
    Uni<Optional<PolicyStore.News>> kept();
}
