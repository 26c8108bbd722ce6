package io.mainstay.handler;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Json;
import java.util.Optional;

/**
 * Checks the payload of a handler's jobs before they are accepted, so that the caller learns at once of a job that can never
 * run. Optional: a CDI bean in addition to the handler. Called on event loops; must not block.
 */
public interface PayloadCheck {

    /** The handler whose jobs it checks. */
    HandlerName handler();

    /** @throws io.mainstay.job.InvalidValueException naming the offending field */
    void check(Json payload);

    /**
     * Checks it, and returns where the work goes, if the handler's jobs wait in lines by target: see {@link
     * io.mainstay.job.JobOptions#target()}.
     */
    default Optional<String> accept(Json payload) {
        check(payload);
        return Optional.empty();
    }
}
