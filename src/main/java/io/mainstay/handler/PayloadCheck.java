package io.mainstay.handler;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Json;
import java.util.Optional;

/**
 * Looks at the payload of a handler's jobs before they are accepted, so that what can never run is refused while the
 * caller is still there to hear it. Optional: a CDI bean beside its handler. Called on event loops; must not block.
 */
public interface PayloadCheck {

    /** Whose jobs it checks. */
    HandlerName handler();

    /** @throws io.mainstay.job.InvalidValueException naming the offending field */
    void check(Json payload);

    /**
     * Checks it, and tells where the work goes, if the handler's jobs are to wait in lines by that: see {@link
     * io.mainstay.job.JobOptions#target()}.
     */
    default Optional<String> accept(Json payload) {
        check(payload);
        return Optional.empty();
    }
}
