package io.mainstay.handler;

import io.mainstay.job.HandlerName;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/**
 * Handlers that are known though this instance may not have them, such as those announced by remote workers: jobs of them are
 * accepted. There may be several sources. Thread-safe.
 */
public interface KnownHandlers {

    /** Whether it is known here; never waits. */
    boolean knows(HandlerName name);

    /** Those known here, for error messages. */
    Set<HandlerName> names();

    /**
     * Asks the store for a handler that is not known here; if found, it is known here from then on. Fails if the store does not
     * answer, or if too many look-ups are in progress.
     */
    Uni<Boolean> lookUp(HandlerName name);
}
