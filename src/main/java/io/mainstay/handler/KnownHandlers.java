package io.mainstay.handler;

import io.mainstay.job.HandlerName;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/**
 * Handlers that are known though this instance may not have them, such as those that workers elsewhere announce: jobs of them are
 * accepted. There may be several sources of them. Thread-safe.
 */
public interface KnownHandlers {

    /** Whether it is known here; never waits. */
    boolean knows(HandlerName name);

    /** Those known here, for error messages. */
    Set<HandlerName> names();

    /**
     * Asks the store whether one that is not known here has become known lately; from then on it is known here. Fails if that cannot be
     * told: the store does not answer, or too much is being looked up.
     */
    Uni<Boolean> lookUp(HandlerName name);
}
