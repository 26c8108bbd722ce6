package io.mainstay.failover.history;

import java.time.Instant;
import java.util.Set;

/**
 * A job as it was asked for.
 *
 * @param id unlike that of any other job, in any queue
 * @param sent when the request to enqueue it left
 * @param traits what may become of it besides success
 */
public record Planned(String id, String queue, Instant sent, int maxAttempts, Set<Trait> traits) {

    /** What a job was made with. */
    public enum Trait {
        /** Its handler stands outside of the service and notes down every attempt. */
        WATCHED,
        /** It expires if it is not begun in time. */
        EXPIRES,
        /** It has a deadline. */
        DEADLINE,
        /** Its cancellation was requested. */
        CANCELLED
    }

    public Planned {
        traits = Set.copyOf(traits);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
