package io.mainstay.lease.extend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.concurrent.TimeUnit;

/**
 * How a lease stands; null members are not shown.
 *
 * @param token as it was sent, unless it could not be read
 * @param status {@code held}, {@code lost}, {@code cancelled}, {@code timed-out}, {@code invalid} or {@code unavailable}
 * @param until when it ends, by the store's clock
 * @param remaining how long it lasts from when this was made, in ms
 * @param problem what is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection(fields = false)
public record LeaseAnswer(String token, String status, String until, Long remaining, Problem problem) {

    /** @param token null if it is not to be shown */
    static LeaseAnswer of(String token, Standing standing) {
        boolean held = standing.held();
        return new LeaseAnswer(
                token,
                standing.status().wireName(),
                held ? standing.until().toString() : null,
                held
                        ? TimeUnit.NANOSECONDS.toMillis(
                                standing.remaining(System.nanoTime()).toNanos())
                        : null,
                standing.problem());
    }
}
