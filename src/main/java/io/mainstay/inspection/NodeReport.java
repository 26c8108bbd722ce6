package io.mainstay.inspection;

import java.util.Optional;

/**
 * A node that takes writes. What it does not say is empty.
 *
 * @param address host and port, as far as is known
 * @param facts empty if it did not answer
 */
public record NodeReport(Optional<String> address, Optional<Facts> facts) {

    /**
     * @param version as Redis counts them
     * @param role {@code master} or {@code slave}, as Redis says it
     * @param replicas that are connected to it
     * @param appendOnly whether it keeps an append-only file
     */
    public record Facts(
            Optional<String> version,
            Optional<String> role,
            Optional<Long> replicas,
            Optional<Boolean> appendOnly,
            Memory memory,
            Load load) {}

    /**
     * In bytes.
     *
     * @param max what it may take; 0: as much as there is
     * @param evictionPolicy what it does when that is used up
     */
    public record Memory(
            Optional<Long> used, Optional<Long> peak, Optional<Long> max, Optional<String> evictionPolicy) {}

    /** @param uptimeSeconds since it was started */
    public record Load(Optional<Long> uptimeSeconds, Optional<Long> clients, Optional<Long> commandsPerSecond) {}
}
